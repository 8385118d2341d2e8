package org.roundel.cli.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * Chromium without a window.
 *
 * <p>It is what the system's package {@code chromium} installs. Where there is none, a test that
 * needs it is skipped and leaves a mark by which the build says so at its end; with {@code
 * -Dbrowser=required} it fails.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Path MAC =
      Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  /** The POM of {@code cli} tells at the end of the build what it means. */
  private static final Path MARK = Path.of("target", "no-browser");

  private static final double START_MILLIS = 90_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts one with an empty profile.
   *
   * @throws TestAbortedException if there is none and none is required
   */
  public static Chromium start() throws IOException {
    Path executable = executable();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setTimeout(START_MILLIS)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    return new Chromium(playwright, browser);
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

  /** Opens a page by itself, with a profile of its own, and waits until it is loaded. */
  public Tab open(URI address, int width, int height, boolean dark) {
    return open(
        address,
        new Browser.NewContextOptions()
            .setViewportSize(width, height)
            .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
  }

  /** Opens a page as its user would who knows the password and trusts whatever certificate. */
  Tab openGuarded(URI address, String password) {
    return open(
        address,
        new Browser.NewContextOptions()
            .setIgnoreHTTPSErrors(true)
            .setHttpCredentials("anybody", password));
  }

  private Tab open(URI address, Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    Tab tab = new Tab(context.newPage());
    tab.page().navigate(address.toString());
    return tab;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
