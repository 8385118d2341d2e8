package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.roundel.cli.browser.Chromium;
import org.roundel.cli.browser.Tab;

/** The packaged program compares a finished run with one that is going on. */
class CompareIT extends OwnInstallation {
  @Test
  void comparesWhatIsDoneWithWhatIsGoingOn() throws Exception {
    Outcome trained = roundel.train("--run-dir=done");
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    List<String> arguments = new ArrayList<>(List.of("train"));
    for (String argument : Installation.TINY_RUN) {
      arguments.add(argument.startsWith("--epochs=") ? "--epochs=5000" : argument);
    }
    arguments.addAll(List.of("--run-dir=going", "--quantizer=stochastic-rounding"));
    Installation.Running going = roundel.start(arguments, "");
    going.awaitLine(" 2/5000 ");

    Outcome compared = roundel.run("compare", "done", "going");
    assertThat(going.process().isAlive()).isTrue();
    going.signal("INT");
    assertThat(going.end().exitCode()).isEqualTo(130);

    assertThat(compared.exitCode()).as("%s", compared).isZero();
    assertThat(compared.err()).isEmpty();
    assertThat(compared.out().lines()).allMatch(line -> line.length() <= 80);
    String last = trained.out().replaceAll("(?s).*quantized net: ([0-9.]+ %).*", "$1");
    assertThat(compared.out())
        .containsPattern("\ndone +done +3/3 +[0-9.]+ % +[123] +" + last + "\n")
        .containsPattern("\ngoing +unfinished +\\d+/5000 +");
    Matcher report =
        Pattern.compile("report  (compare-\\d{8}-\\d{6})/report.html").matcher(compared.out());
    assertThat(report.find()).as(compared.out()).isTrue();
    Path written = roundel.work().resolve(report.group(1));
    for (String name :
        new String[] {"error", "loss", "rate", "flips-convolution", "flips-linear", "throughput"}) {
      for (String end : new String[] {".png", ".svg", "-dark.png", "-dark.svg"}) {
        assertThat(written.resolve(name + end)).isNotEmptyFile();
      }
    }
    assertThat(Files.readAllLines(written.resolve("epochs.csv")))
        .hasSizeGreaterThanOrEqualTo(1 + 3 + 2)
        .allMatch(line -> line.startsWith("run,") || line.matches("(done|going),\\d+,.*"));
    Path done = roundel.work().resolve("done");
    Outcome again = roundel.runHere("compare", done.toString(), "--out", written.toString());
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err())
        .isEqualTo(
            "roundel: the directory "
                + written
                + " already holds a report: it has epochs.csv. Choose another by --out.\n");
    // Last, because it ends the test where there is no browser.
    isRightInABrowser(written.resolve("report.html"));
  }

  private static void isRightInABrowser(Path file) throws Exception {
    try (Chromium browser = Chromium.start();
        Tab page = browser.open(file.toUri(), 390, 844, true)) {
      assertThat(page.images()).hasSize(6).allMatch(image -> image.complete() && image.width() > 0);
      assertThat(page.overflow()).isZero();
      assertThat(page.errors()).isEmpty();
      String text = page.evaluate("document.body.innerText").asText();
      assertThat(text).contains("3/3", "unfinished", "≠ stochastic-rounding", "≠ 5000");
      assertThat(text).doesNotContain("learning-rate").contains("Settings that are equal");
      page.page().locator("summary").click();
      assertThat(page.evaluate("document.body.innerText").asText()).contains("learning-rate");
      assertThat(page.overflow()).isZero();
    }
  }
}
