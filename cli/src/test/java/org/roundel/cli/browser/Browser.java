package org.roundel.cli.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Chromium without a window, spoken to in its DevTools protocol.
 *
 * <p>It is what the system's package {@code chromium} installs. Where there is none, a test that
 * needs it is skipped and leaves a mark by which the build says so at its end; with {@code
 * -Dbrowser=required} it fails.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Path MAC =
      Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  /** The POM of {@code cli} tells at the end of the build what it means. */
  private static final Path MARK = Path.of("target", "no-browser");

  private static final long START_SECONDS = 90;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final Path profile;
  private final int port;

  private Browser(Process process, Path profile, int port) {
    this.process = process;
    this.profile = profile;
    this.port = port;
  }

  /**
   * Starts one with an empty profile.
   *
   * @throws TestAbortedException if there is none and none is required
   */
  public static Browser start() throws IOException, InterruptedException {
    Path executable = executable();
    Path profile = Files.createTempDirectory("roundel-browser-");
    Path log = profile.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile.resolve("data"),
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Browser browser = new Browser(process, profile, awaitPort(process, profile, log));
    return browser;
  }

  private static Path executable() throws IOException {
    List<Path> places = new ArrayList<>();
    for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      NAMES.forEach(name -> places.add(Path.of(directory, name)));
    }
    places.add(MAC);
    for (Path place : places) {
      if (Files.isExecutable(place)) {
        Files.deleteIfExists(MARK);
        return place;
      }
    }
    String missing =
        "No browser on the PATH ("
            + String.join(", ", NAMES)
            + "). Install one: apt-get install --no-install-recommends chromium";
    if ("required".equals(System.getProperty("browser"))) {
      throw new AssertionError(missing);
    }
    Files.writeString(MARK, missing);
    throw new TestAbortedException(missing);
  }

  /** The browser writes the port that it has chosen into its profile. */
  private static int awaitPort(Process process, Path profile, Path log)
      throws IOException, InterruptedException {
    Path file = profile.resolve("data").resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return Integer.parseInt(lines.get(0));
        }
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly();
    throw new AssertionError("Chromium did not start: " + Files.readString(log));
  }

  /** Opens a page in a tab of its own and waits until it and all its images are loaded. */
  public Page open(URI address, int width, int height, boolean dark)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    JsonNode tab = JSON.readTree(body);
    Page page = new Page(URI.create(tab.get("webSocketDebuggerUrl").asText()));
    page.load(address, width, height, dark);
    return page;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
