package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.roundel.cli.browser.Chromium;
import org.roundel.cli.browser.Tab;

/** The packaged program leaves a report of every run, and a report never stops a run. */
class RunReportIT extends OwnInstallation {
  @Test
  void everyRunHasAReportOfItsNumbers() throws Exception {
    Outcome trained = roundel.train("--run-dir=run", "--latent-error");
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    assertThat(trained.out()).contains("report.html, history.jsonl");
    Path run = roundel.work().resolve("run");
    Outcome evaluated = roundel.runHere("evaluate", run.toString(), "--json");
    JsonMapper mapper = new JsonMapper();
    JsonNode json = mapper.readTree(evaluated.out());
    List<JsonNode> history = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("history.jsonl"))) {
      history.add(mapper.readTree(line));
    }
    String manifest = Files.readString(run.resolve("manifest.json"));
    // Last, because it ends the test where there is no browser.
    try (Chromium browser = Chromium.start()) {
      for (int width : new int[] {390, 768, 1280}) {
        for (boolean dark : new boolean[] {false, true}) {
          try (Tab page = browser.open(run.resolve("report.html").toUri(), width, 900, dark)) {
            assertThat(page.overflow()).as("at %s", width).isZero();
            assertThat(page.errors()).isEmpty();
            assertThat(page.images()).hasSize(6);
            assertThat(page.images())
                .allSatisfy(image -> assertThat(image.width()).isEqualTo(width < 736 ? 358 : 760));
            assertThat(smallTexts(page)).isEmpty();
          }
        }
      }
      try (Tab page = browser.open(run.resolve("report.html").toUri(), 1280, 900, true)) {
        page.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.images())
            .hasSize(6)
            .allSatisfy(image -> assertThat(svg(image)).doesNotContain("rgb(20,24,29)"));
      }
      try (Tab page = browser.open(run.resolve("report.html").toUri(), 1280, 900, false)) {
        assertThat(page.elsewhere()).isEmpty();
        hasTheMatrix(page, json.path("confusion"));
        String text = page.evaluate("document.body.innerText").asText();
        for (JsonNode epoch : history) {
          assertThat(text)
              .contains(percent(epoch.at("/test/error")), percent(epoch.at("/latentTest/error")));
        }
        for (JsonNode component : mapper.readTree(manifest).path("components")) {
          for (JsonNode hash : component.path("sha256")) {
            assertThat(text).contains(hash.asText());
          }
        }
        assertThat(text).contains("roundel train --from", "batch-size", "finished, 3 of 3 epochs");
      }
    }
  }

  private static String svg(Tab.Image image) {
    byte[] bytes = Base64.getDecoder().decode(image.source().replaceFirst("^[^,]*,", ""));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String percent(JsonNode share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share.asDouble());
  }

  private static void hasTheMatrix(Tab page, JsonNode confusion) throws Exception {
    JsonNode found =
        page.evaluate(
            "[...document.querySelectorAll('.matrix tbody tr')].map(r =>"
                + " [...r.querySelectorAll('.own, .other')].map(c => Number(c.textContent)))");
    assertThat(found).isEqualTo(confusion);
  }

  private static List<String> smallTexts(Tab page) throws Exception {
    List<String> found = new ArrayList<>();
    page.evaluate(
            "[...document.querySelectorAll('main *')].filter(e => [...e.childNodes].some(n =>"
                + " n.nodeType === 3 && n.data.trim()) && parseFloat(getComputedStyle(e).fontSize)"
                + " < 12).map(e => e.textContent)")
        .forEach(text -> found.add(text.asText()));
    return found;
  }

  @Test
  void aStoppedRunHasOneAndOneThatCannotBeWrittenIsAWarning() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("train"));
    for (String argument : Installation.TINY_RUN) {
      arguments.add(argument.startsWith("--epochs=") ? "--epochs=40" : argument);
    }
    arguments.add("--run-dir=run");
    Installation.Running going = roundel.start(arguments, "");
    going.awaitLine(" 2/40 ");
    going.signal("INT");
    assertThat(going.end().exitCode()).isEqualTo(130);
    Path run = roundel.work().resolve("run");
    Path report = run.resolve("report.html");
    assertThat(Files.readString(report)).contains("stopped early, ", " of 40 epochs");

    Files.delete(report);
    Files.createDirectories(report.resolve("in the way"));
    // One epoch more is enough to see that an end is an end.
    int epochs = Files.readAllLines(run.resolve("history.jsonl")).size() + 1;
    Outcome resumed = roundel.runHere("resume", run.toString(), "-q", "--epochs=" + epochs);
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
    assertThat(resumed.err()).contains("warning: the report was not written: cannot write");
    assertThat(resumed.out()).doesNotContain("report.html");
  }
}
