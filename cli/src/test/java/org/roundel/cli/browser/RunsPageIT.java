package org.roundel.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.page.server.Access;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.WebServer;
import org.roundel.page.view.RunsPage;

/** What a browser shows of runs is what their files say, for everybody and at any size. */
@Tag("thorough")
class RunsPageIT {
  /** Where the pictures are put that the sizes' test takes. */
  private static final Path PICTURES = Path.of("target", "pages");

  private static final String RUN = "latent-sign-1";

  @TempDir private static Path directory;
  private static RunsPage page;
  private static WebServer server;
  private static Chromium chromium;

  private Tab tab;

  @BeforeAll
  static void start() throws IOException {
    SampleRuns.train(directory);
    page = new RunsPage(directory);
    server = WebServer.start(new ListenAddress("", "127.0.0.1", 0), Access.OPEN, page.routes());
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
    page.close();
    server.close();
  }

  @AfterEach
  void consoleIsEmptyAndNothingLeftTheMachine() {
    try (Tab opened = tab) {
      assertThat(opened.errors()).isEmpty();
      assertThat(opened.elsewhere()).isEmpty();
    }
  }

  private Page open(String path) {
    return open(path, 1280, false);
  }

  private Page open(String path, int width, boolean dark) {
    tab = chromium.open(URI.create(server.address("/" + path)), width, 900, dark);
    return tab.page();
  }

  private Page openRun(String name) {
    Page opened = open("#run=" + name);
    opened.locator(".badge.finished").waitFor();
    return opened;
  }

  /** What a run's page says before anything was evaluated, it says of the right images. */
  @Test
  void beforeTheFirstEpochTheSettingsSayWhichImagesAreMeant(@TempDir Path begun)
      throws IOException {
    SampleRuns.train(begun.resolve("held"), Map.of("quantizer", "full", "validation", "0.2"));
    SampleRuns.train(begun.resolve("all"), Map.of("quantizer", "full"));
    for (String run : List.of("held", "all")) {
      Files.writeString(begun.resolve(run).resolve("history.jsonl"), "");
    }
    Files.delete(begun.resolve("held/test.json"));
    try (RunsPage runs = new RunsPage(begun);
        WebServer begunServer =
            WebServer.start(new ListenAddress("", "127.0.0.1", 0), Access.OPEN, runs.routes())) {
      String validation = tilesOf(begunServer, "held", "Best validation error");
      assertThat(validation)
          .contains("Last validation error", "Validation loss", "no epoch yet")
          .doesNotContainIgnoringCase("test");
      assertThat(tilesOf(begunServer, "all", "Best test error")).doesNotContain("alidation");
    }
    open("");
  }

  private String tilesOf(WebServer of, String run, String awaited) {
    URI address = URI.create(of.address("/#run=" + run));
    // Closed before the server ends, which the page would complain of.
    try (Tab opened = chromium.open(address, 1280, 900, false)) {
      Locator tiles = opened.page().locator(".tiles");
      tiles.getByText(awaited).waitFor();
      assertThat(opened.errors()).isEmpty();
      return tiles.textContent();
    }
  }

  @Test
  void everyNumberOfTheEpochsIsThatOfTheHistory() throws IOException {
    Page opened = openRun(RUN);
    opened.getByText("All epochs in a table").click();
    List<JsonNode> history = SampleRuns.history(directory.resolve(RUN));
    Locator rows = opened.locator("#epochs tbody tr");
    // The table is made when it is opened.
    rows.nth(5).waitFor();
    assertThat(rows.count()).isEqualTo(history.size()).isEqualTo(6);
    for (int row = 0; row < history.size(); row++) {
      JsonNode line = history.get(history.size() - 1 - row);
      assertThat(numbers(rows.nth(row)))
          .containsExactly(
              line.at("/epoch").doubleValue(),
              line.at("/step").doubleValue(),
              line.at("/learningRate").doubleValue(),
              line.at("/train/loss").doubleValue(),
              line.at("/train/error").doubleValue(),
              line.at("/test/loss").doubleValue(),
              line.at("/test/error").doubleValue(),
              line.at("/latentTest/loss").doubleValue(),
              line.at("/latentTest/error").doubleValue(),
              line.at("/train/images").doubleValue() / line.at("/seconds").doubleValue(),
              line.at("/seconds").doubleValue());
      assertThat(rows.nth(row).textContent().contains("best so far"))
          .isEqualTo(line.get("best").booleanValue());
    }
    JsonNode last = history.get(5);
    JsonNode best = history.get(0);
    for (JsonNode line : history) {
      best = error(line) < error(best) ? line : best;
    }
    assertThat(numbers(opened.locator(".tiles")))
        .containsExactly(
            error(best),
            error(last),
            last.at("/latentTest/error").doubleValue(),
            last.at("/train/error").doubleValue(),
            last.at("/test/loss").doubleValue(),
            last.at("/train/loss").doubleValue());
    assertThat(opened.locator(".tiles").textContent()).contains("in epoch " + best.get("epoch"));
    assertThat(opened.locator(".tiles").textContent()).contains(percent(error(last)));
  }

  @Test
  void theCurvesReadTheEpochsOneByOne() throws IOException {
    Page opened = openRun(RUN);
    List<JsonNode> history = SampleRuns.history(directory.resolve(RUN));
    Locator chart = opened.locator("#curves .chart").first();
    chart.locator(".plot").focus();
    opened.keyboard().press("Home");
    for (JsonNode line : history) {
      assertThat(chart.locator(".legend").textContent())
          .isEqualTo(
              String.format(
                  Locale.ROOT,
                  "epoch %strain %stest %slatent %s",
                  line.get("epoch"),
                  percent(line.at("/train/error").doubleValue()),
                  percent(error(line)),
                  percent(line.at("/latentTest/error").doubleValue())));
      opened.keyboard().press("ArrowRight");
    }
    opened.keyboard().press("Home");
    opened.keyboard().press("Escape");
    assertThat(chart.locator(".epoch").textContent()).isEqualTo("epoch 6");
    Locator train = chart.locator("[data-series=train]");
    train.click();
    assertThat(train.getAttribute("aria-pressed")).isEqualTo("false");
  }

  @Test
  void everyNumberOfTheLayersIsThatOfTheHistory() throws IOException {
    Page opened = openRun(RUN);
    List<JsonNode> history = SampleRuns.history(directory.resolve(RUN));
    for (JsonNode line : history) {
      opened.locator("#layers input[type=range]").fill("" + line.get("epoch"));
      Locator rows = opened.locator("#layers tbody tr");
      assertThat(rows.count()).isEqualTo(line.get("layers").size());
      for (int row = 0; row < rows.count(); row++) {
        JsonNode layer = line.get("layers").get(row);
        assertThat(rows.nth(row).locator("th").textContent())
            .isEqualTo(layer.get("parameter").textValue());
        List<Double> expected = new ArrayList<>();
        for (String field :
            List.of(
                "weights",
                "changedSinceStart",
                "changedInFiveEpochs",
                "moves",
                "quantizationError",
                "latentGap")) {
          if (!layer.get(field).isNull()) {
            expected.add(layer.get(field).doubleValue());
          }
        }
        assertThat(numbers(rows.nth(row))).isEqualTo(expected);
      }
      List<Double> values = new ArrayList<>();
      for (JsonNode value : line.at("/layers/0/distribution/values")) {
        values.add(value.get("value").doubleValue());
        values.add(value.get("count").doubleValue());
      }
      assertThat(values).isNotEmpty();
      assertThat(numbers(opened.locator("#layers .shares"))).isEqualTo(values);
    }
  }

  @Test
  void settingsCheckpointsWarningsAndLogAreThere() throws IOException {
    Page opened = openRun(RUN);
    assertThat(opened.locator("#settings").textContent()).contains("quantizer", "latent-sign");
    opened.locator("#settings input").fill("epochs");
    assertThat(opened.locator("#settings tbody tr").allTextContents())
        .containsExactly("epochs6", "warmup-epochs0");
    try (Stream<Path> checkpoints = Files.list(directory.resolve(RUN).resolve("checkpoints"))) {
      assertThat(opened.locator("#checkpoints tbody code").allTextContents())
          .containsExactlyInAnyOrderElementsOf(
              checkpoints.map(path -> path.getFileName().toString()).toList());
    }
    assertThat(opened.locator("#log .warnings").textContent())
        .contains("the disk is nearly full <b>now</b>");
    assertThat(opened.locator("#log .log").textContent())
        .isEqualTo(Files.readString(directory.resolve(RUN).resolve("log.txt")));
    assertThat(opened.locator("#machine").textContent())
        .contains("…/")
        .doesNotContain(directory.toString());
  }

  @Test
  void everyNumberOfTheTableIsThatOfTheHistory() throws IOException {
    Page opened = open("#sort=name&down=false");
    Locator rows = opened.locator("#runs tbody tr");
    rows.nth(5).waitFor();
    List<String> names = rows.locator("a").allTextContents();
    assertThat(names).isSorted().hasSize(6);
    for (int row = 0; row < 6; row++) {
      Path run = directory.resolve(names.get(row));
      List<JsonNode> history = SampleRuns.history(run);
      double best = history.stream().mapToDouble(RunsPageIT::error).min().orElseThrow();
      List<Double> numbers = numbers(rows.nth(row));
      assertThat(numbers.subList(0, 2)).containsExactly(best, error(history.get(5)));
      assertThat(numbers.get(2)).isEqualTo(history.get(5).at("/layers/0/weights").doubleValue());
      assertThat(rows.nth(row).textContent())
          .contains("finished", "softmax", "blobs", "6/6", names.get(row).replaceFirst("-.$", ""));
    }
  }

  @Test
  void sortsFiltersPinsAndKeepsItAllOverAReload() throws IOException {
    Page opened = open("");
    opened.locator("#runs tbody tr").nth(5).waitFor();
    opened.locator("#runs th button").getByText("best error").click();
    assertThat(numbersOf(opened, 0)).isSorted();
    opened.locator("#runs th button").getByText("best error").click();
    assertThat(opened.locator("#runs th[aria-sort=descending]").textContent())
        .isEqualTo("best error");
    assertThat(numbersOf(opened, 0)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    opened.locator("#runs input[type=search]").fill("latent seed=2");
    assertThat(opened.locator("#runs tbody a").allTextContents()).containsExactly("latent-sign-2");
    opened.locator("#runs tbody .pin").click();
    opened.locator("#runs input[type=search]").fill("latent");
    assertThat(opened.locator("#runs tbody tr").count()).isEqualTo(3);
    opened.getByLabel("Choose all that are shown").check();
    opened.getByLabel("seeds as mean ± deviation").check();
    opened.locator("#overlay .legend button").waitFor();
    opened.reload();
    opened.locator("#overlay .legend button b:not(:text-is('–'))").waitFor();

    List<Double> last = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      last.add(error(SampleRuns.history(directory.resolve("latent-sign-" + seed)).get(5)));
    }
    double mean = last.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    assertThat(opened.locator("#overlay .legend").textContent())
        .isEqualTo("epoch 6latent-sign (3 seeds), baseline " + percent(mean));
    assertThat(opened.locator("#runs tr.baseline a").textContent()).isEqualTo("latent-sign-2");
    assertThat(opened.locator("#beside table").first().textContent()).contains("seed");
    assertThat(opened.locator("#beside table").first().textContent()).doesNotContain("dataset");
    opened.getByText("Equal in all of them").click();
    assertThat(opened.locator("#beside details").textContent()).contains("datasetblobs");

    opened.locator("#runs tbody a").first().click();
    opened.locator("#curves").waitFor();
    opened.getByText("All runs").click();
    opened.locator("#runs tr.baseline").waitFor();
  }

  private static List<Double> numbersOf(Page opened, int place) {
    List<Double> found = new ArrayList<>();
    for (Locator row : opened.locator("#runs tbody tr").all()) {
      found.add(numbers(row).get(place));
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({"390, false", "390, true", "768, false", "768, true", "1280, false", "1280, true"})
  void allCanReadItAtEverySize(int width, boolean dark) throws IOException {
    Files.createDirectories(PICTURES);
    for (String path : List.of("#run=" + RUN, "#sort=name&chosen=latent-sign-2&chosen=" + RUN)) {
      try (Tab opened = chromium.open(URI.create(server.address("/" + path)), width, 900, dark)) {
        boolean run = path.startsWith("#run");
        opened.page().locator(run ? ".badge.finished" : "#runs tbody tr >> nth=5").waitFor();
        opened.page().locator(".legend b:not(:text-is('–'))").first().waitFor();
        if (run) {
          opened.page().getByText("All epochs in a table").click();
        }
        String name = (run ? "run-" : "runs-") + width + (dark ? "-dark" : "-light") + ".png";
        opened
            .page()
            .screenshot(
                new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name)));
        Looks.assertReadable(opened);
      }
    }
    open("");
  }

  @Test
  void theThemeThatIsChosenIsKept() {
    Page opened = openRun(RUN);
    String color = "getComputedStyle(document.body).backgroundColor";
    Object light = opened.evaluate(color);
    opened.getByLabel("Theme").selectOption("dark");
    Object dark = opened.evaluate(color);
    assertThat(dark).isNotEqualTo(light);
    opened.reload();
    assertThat(opened.evaluate(color)).isEqualTo(dark);
  }

  /** Tab reaches every control once, in the order of the page, and it is seen where it is. */
  @Test
  void theKeyboardGoesThroughTheWholePage() {
    for (String path : List.of("#run=" + RUN, "")) {
      try (Tab walked = chromium.open(URI.create(server.address("/" + path)), 1280, 900, false)) {
        Page opened = walked.page();
        opened.locator(path.isEmpty() ? "#runs tbody tr >> nth=5" : ".badge.finished").waitFor();
        opened.waitForTimeout(500);
        int controls =
            (int)
                opened.evaluate(
                    """
                    () => {
                      const all = [...document.querySelectorAll("a[href],button,input,select,summary,[tabindex='0']")]
                          .filter(e => e.checkVisibility() && !e.disabled);
                      const radios = all.filter(e => e.type === "radio" && !e.checked);
                      return all.length - radios.length;
                    }
                    """);
        opened.evaluate(
            """
            () => {
              window.seen = [];
              document.addEventListener("focusin", ({target}) => {
                const place = [...document.querySelectorAll("*")].indexOf(target);
                const outline = getComputedStyle(target).outlineStyle !== "none";
                window.seen.push((outline ? "" : "no outline ") + String(place).padStart(6, "0"));
              });
            }
            """);
        for (int count = 0; count < controls; count++) {
          opened.keyboard().press("Tab");
        }
        List<String> seen =
            ((List<?>) opened.evaluate("seen")).stream().map(Object::toString).toList();
        assertThat(seen).hasSize(controls).doesNotHaveDuplicates().isSorted();
        assertThat(seen).noneMatch(place -> place.startsWith("no outline"));
      }
    }
    open("");
  }

  @Test
  void damageAndDeletionWhileThePageIsOpenAreSaid() throws IOException {
    Path run = directory.resolve("broken");
    SampleRuns.train(run, Map.of("quantizer", "latent-sign", "epochs", "3"));
    try {
      Page opened = openRun("broken");
      opened.getByText("All epochs in a table").click();
      Path history = run.resolve("history.jsonl");
      Files.writeString(history, "\u0000damaged\n{\"epoch\":4,", StandardOpenOption.APPEND);
      opened.locator("#log .warnings").getByText("history.jsonl").waitFor();
      assertThat(opened.locator("#epochs tbody tr").count()).isEqualTo(3);
      Files.writeString(run.resolve("manifest.json"), "{");
      opened.locator("#log .warnings").getByText("manifest.json").waitFor();
      // All at once: a page that looks while file after file goes shows what is left.
      Path gone = directory.resolveSibling(directory.getFileName() + "-gone");
      Files.move(run, gone);
      delete(gone);
      opened
          .locator("#connection:not(:empty)")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
      assertThat(opened.locator("#epochs tbody tr").count()).isEqualTo(3);
    } finally {
      delete(run);
    }
    // That there is no such run any more is said by the browser, too.
    tab.page().navigate("about:blank");
    tab.errors().removeIf(error -> error.contains("404"));
  }

  private static void delete(Path run) throws IOException {
    if (Files.exists(run)) {
      try (Stream<Path> files = Files.walk(run)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** A browser has six connections for a server, and every visible page has one stream. */
  @Test
  void tenPagesOfOneBrowserAllGetWhatTheyAskFor() {
    Page first = openRun(RUN);
    List<Page> pages = new ArrayList<>();
    for (int count = 0; count < 9; count++) {
      Page other = first.context().newPage();
      other.setDefaultTimeout(60_000);
      other.navigate(server.address("/#run=" + RUN));
      pages.add(other);
    }
    for (Page other : pages) {
      other.locator(".badge.finished").waitFor();
    }
  }

  private static List<Double> numbers(Locator within) {
    List<Double> found = new ArrayList<>();
    for (Locator number : within.locator("data").all()) {
      found.add(Double.parseDouble(number.getAttribute("value")));
    }
    return found;
  }

  private static double error(JsonNode line) {
    return line.at("/test/error").doubleValue();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }
}
