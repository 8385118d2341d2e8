package org.roundel.cli.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;
import org.roundel.cli.Outcome;

/**
 * A Prometheus that scrapes one target every second.
 *
 * <p>It is what Debian's package {@code prometheus} installs. Where there is none, a test that
 * needs it is skipped and leaves a mark by which the build says so at its end; with {@code
 * -Dprometheus=required} it fails.
 */
final class Prometheus implements AutoCloseable {
  /** The POM of {@code cli} tells at the end of the build what it means. */
  private static final Path MARK = Path.of("target", "no-prometheus");

  private static final Pattern LISTENING =
      Pattern.compile("msg=\"Listening on\" address=(\\S+)", Pattern.MULTILINE);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Process process;
  private final URI api;
  private final HttpClient client = HttpClient.newHttpClient();

  private Prometheus(Process process, URI api) {
    this.process = process;
    this.api = api;
  }

  /** Skips a test, or fails it, where there is none. */
  static void require() throws IOException {
    for (String program : List.of("prometheus", "promtool")) {
      if (!isOnPath(program)) {
        String missing =
            "No "
                + program
                + " on the PATH. Install it: apt-get install --no-install-recommends prometheus";
        if ("required".equals(System.getProperty("prometheus"))) {
          throw new AssertionError(missing);
        }
        Files.writeString(MARK, missing);
        throw new TestAbortedException(missing);
      }
    }
    Files.deleteIfExists(MARK);
  }

  private static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /**
   * Starts one.
   *
   * @param directory for its data
   * @param target host and port to scrape
   * @param rules a file of rules
   */
  static Prometheus start(Path directory, String target, Path rules)
      throws IOException, InterruptedException {
    Path configuration =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            String.format(
                Locale.ROOT,
                """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs: [{job_name: roundel, static_configs: [{targets: ["%s"]}]}]
                """,
                rules.toAbsolutePath(),
                target));
    Path log = directory.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      Matcher listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        return new Prometheus(process, URI.create("http://" + listening.group(1) + "/api/v1/"));
      }
      Thread.sleep(20);
    }
    process.destroyForcibly();
    throw new AssertionError("Prometheus did not start: " + Files.readString(log));
  }

  /** Returns what an expression gives at a time, in seconds since 1970. */
  JsonNode query(String expression, double time) throws IOException, InterruptedException {
    return ask("query?query=" + encoded(expression) + "&time=" + time).get("result");
  }

  /** Returns what an expression gives for each second between two times. */
  JsonNode range(String expression, double from, double to)
      throws IOException, InterruptedException {
    String times = "&start=" + from + "&end=" + to + "&step=1";
    return ask("query_range?query=" + encoded(expression) + times).get("result");
  }

  /** Waits until an expression gives something, and returns the first value. */
  double await(String expression) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode result = query(expression, System.currentTimeMillis() / 1000.0);
      if (!result.isEmpty()) {
        return result.get(0).get("value").get(1).asDouble();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("nothing for " + PATIENCE + ": " + expression);
  }

  /** Returns the {@code data} of an answer. */
  JsonNode ask(String request) throws IOException, InterruptedException {
    HttpRequest get = HttpRequest.newBuilder(api.resolve(request)).build();
    HttpResponse<String> answer = client.send(get, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(request + ": " + answer.body());
    }
    return JSON.readTree(answer.body()).get("data");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Runs promtool with a text as its input. */
  static Outcome promtool(String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    Path in = Files.createTempFile("promtool-", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Files.writeString(in, input).toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Files.delete(in);
    return new Outcome(process.waitFor(), out, "");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
