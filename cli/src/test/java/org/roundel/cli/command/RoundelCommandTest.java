package org.roundel.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.cli.ExamplePlugin;
import org.roundel.cli.Golden;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;

class RoundelCommandTest {
  private final InProcess roundel =
      InProcess.with(directory -> PluginRegistry.of(new ExamplePlugin()));

  @Test
  void listsComponentsByKind() {
    Outcome all = roundel.run("list");
    assertThat(all.exitCode()).isZero();
    assertThat(all.err()).isEmpty();
    assertThat(all.out())
        .isEqualTo(
            """
            quantizers
              rounding  rounds every weight to the nearest value of a grid that is as fine
                        as the option says

            models
              net-DEPTH  a net of any depth

            datasets
              pictures  pictures of things
              rounding  round things
            """);
    assertThat(roundel.run("list", "models").out())
        .contains("net-DEPTH")
        .doesNotContain("pictures");
    assertThat(roundel.run("list", "schedule").out()).isEqualTo("No plugin offers a schedule.\n");
    assertThat(roundel.run("list", "model", "--long").out())
        .matches("models\n  net-DEPTH  a net of any depth\n {13}version unspecified, .*/\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quantizer/rounding", "net", "net-DEPTH", "net-56", "rounding"})
  void describesAComponentByEachOfItsNames(String name) throws IOException {
    Outcome described = roundel.run("describe", name);
    assertThat(described.exitCode()).isZero();
    assertThat(described.out().lines()).allMatch(line -> line.length() <= 80);
    String golden = name.startsWith("net") ? "net" : name.replace('/', '-');
    Golden.assertGolden(
        "describe-" + golden, described.out().replaceAll("unspecified, .*", "unspecified, JAR"));
  }

  @Test
  void choosesTheKindByOption() {
    assertThat(roundel.run("describe", "rounding", "--kind", "dataset").out())
        .startsWith("rounding: dataset,")
        .doesNotContain("quantizer");
  }

  @Test
  void listsDatasets() {
    assertThat(roundel.run("data", "list").out())
        .containsPattern("pictures +data fetch +.*pictures \\(not there\\)\nrounding +none needed");
  }

  /** Commands below others are built only where the arguments may be for them. */
  @Test
  void findsACommandBelowAnotherWhereverItIsNamed(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("arguments"), "data\nlist\n");
    String listed = roundel.run("data", "list").out();
    assertThat(roundel.run("@" + file).out()).isEqualTo(listed).contains("rounding");
    String help = roundel.run("data", "--help").out();
    assertThat(roundel.run("help", "data").out()).isEqualTo(help).contains("  verify  ");
    assertThat(roundel.run("data").err()).contains("allowed: list, verify, fetch.");
  }

  @Test
  void verifiesDatasets(@TempDir Path directory) throws IOException {
    Files.createFile(directory.resolve("one"));
    Outcome half = roundel.run("data", "verify", "pictures", "--data-dir", directory.toString());
    assertThat(half.exitCode()).isEqualTo(3);
    assertThat(half.out())
        .isEqualTo("ok    one\n      as published\nBAD   two\n      missing; draw it\n");
    assertThat(half.err())
        .isEqualTo(
            "roundel: 1 of 2 files of pictures in "
                + directory
                + " cannot be used. The lines marked BAD say why, and what to do\n");
    Files.createFile(directory.resolve("two"));
    Outcome whole = roundel.run("data", "verify", "pictures", "--data-dir", directory.toString());
    assertThat(whole.exitCode()).isZero();
    assertThat(whole.out())
        .endsWith("All 2 files of pictures in " + directory + " are the published ones.\n");
    assertThat(roundel.run("data", "verify", "rounding").out())
        .isEqualTo("rounding has no files to check.\n");
  }

  @Test
  void verifyFailsWhereTheContentIsNotThePublishedOne(@TempDir Path directory) throws IOException {
    Files.createFile(directory.resolve("one"));
    Files.writeString(directory.resolve("two"), "a moustache");
    Outcome other = roundel.run("data", "verify", "pictures", "--data-dir", directory.toString());
    assertThat(other.exitCode()).isEqualTo(3);
    assertThat(other.out()).contains("OTHER two\n").doesNotContain("All 2 files");
    assertThat(other.err())
        .isEqualTo(
            "roundel: 1 of 2 files of pictures in "
                + directory
                + " can be used, but is not the published one, so errors on it are not errors on"
                + " pictures. Go on with it knowingly, or remove what is marked OTHER and get it:\n"
                + "  roundel data fetch pictures --data-dir "
                + directory
                + "\n");
  }

  @Test
  void uiRefusesARunInPlaceOfTheDirectoryThatHoldsIt(@TempDir Path directory) throws IOException {
    Path runs = Files.createDirectory(directory.resolve("my runs"));
    Path run = Files.createDirectory(runs.resolve("run"));
    Files.createFile(run.resolve("manifest.json"));
    Outcome refused = roundel.run("ui", run.toString());
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .isEqualTo(
            "roundel: "
                + run
                + " is a run; give the directory that holds it: roundel ui '"
                + runs
                + "'\n");
  }

  @Test
  void saysInAFewLinesHowItIsUsed() throws IOException {
    Outcome alone = roundel.run();
    assertThat(alone.exitCode()).isEqualTo(2);
    assertThat(alone.out()).isEmpty();
    assertThat(alone.err().lines()).hasSizeLessThan(15).allMatch(line -> line.length() <= 80);
    Golden.assertGolden("usage-no-command", alone.err());
    String all = roundel.run("--help").out();
    Pattern command = Pattern.compile("(?m)^  roundel (\\w+)");
    assertThat(command.matcher(alone.err()).results().map(found -> found.group(1)))
        .hasSizeGreaterThan(5)
        .allSatisfy(name -> assertThat(all).containsPattern("(?m)^  " + name + " "));
  }

  @Test
  void makesAnOptionOfEverySetting() {
    String help = roundel.run("train", "--help").out();
    for (var setting : RunSettings.ALL) {
      assertThat(help).containsPattern("--" + setting.name() + "(=|\\[=)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "help, --help",
    "help-train, train --help",
    "help-resume, resume --help",
    "help-bench, bench --help",
    "help-compare, compare --help",
    "help-sweep, sweep --help",
    "help-sweep-status, sweep status --help",
    "help-work, work --help",
    "help-ui, ui --help",
    "help-inspect, inspect --help",
    "help-summary, summary --help",
    "help-export, export --help",
    "help-find-rate, find-rate --help",
    "help-data, data --help",
    "help-plugin-new, plugin new --help",
    "help-list, list --help",
    "help-plugin, plugin --help",
    "help-plugin-check, plugin check --help",
    "help-plugin-doctor, plugin doctor --help",
    "help-doctor, doctor --help"
  })
  void helpsWithinEightyColumns(String golden, String arguments) throws IOException {
    Outcome help = roundel.run(arguments.split(" "));
    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    Golden.assertGolden(golden, help.out());
  }

  @Test
  void saysItsVersion() {
    assertThat(roundel.run("--version").out())
        .startsWith("roundel ")
        .contains("plugin interface 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "usage-unknown-command     | trian",
        "usage-unknown-option      | train --epoch 3",
        "usage-initials            | train --lr 0.1",
        "usage-unexpected-argument | train resnet-20",
        "usage-argument-config     | train run.yaml",
        "usage-argument-manifest   | bench runs/x/manifest.json",
        "usage-argument-setting    | train epochs=3",
        "usage-argument-option     | train quantizer.delta=3",
        "usage-option-in-front     | --quiet train",
        "usage-help-of-nothing     | help tain",
        "usage-missing-value       | train --model",
        "usage-missing-argument    | resume",
        "usage-missing-run         | compare",
        "usage-no-data-command     | data",
        "usage-no-plugin-command   | plugin",
        "usage-not-a-number        | train --metrics-port many",
        "usage-two-files           | train --config a.yaml --from b.json",
        "usage-recipe-and-file     | train --recipe a --config b.yaml",
        "usage-option-twice        | train --seed 1 --seed 2",
        "usage-two-things          | train --dry-run --print-config",
        "usage-dry-resume          | train --dry-run --resume-if-exists --run-dir x",
        "usage-set-without-value   | train --set quantizer.delta",
        "usage-set-twice           | train --set seed=1 --set seed=2",
        "usage-unknown-kind        | list quantizr",
        "usage-kind-recipes        | list recipes",
        "usage-bench-steps         | bench --steps 0",
        "usage-bench-warm-up       | bench --warm-up -1",
        "usage-bench-epochs        | bench --epochs 3",
        "usage-rate-range          | find-rate --lowest 0.1 --highest 0.1",
        "usage-rate-not-finite     | find-rate --highest NaN",
        "usage-rate-updates        | find-rate --updates 49",
        "usage-rate-csv            | find-rate --csv rates.txt",
        "usage-rate-schedule       | find-rate --schedule step"
      })
  void explainsWhatIsWrongWithTheCommandLine(String golden, String arguments) throws IOException {
    Outcome outcome = roundel.run(arguments.split(" "));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    Golden.assertGolden(golden, outcome.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bench-unknown-components  | bench --model nett-8 --quantizer ruonding",
        "bench-json                | bench --json no/such/directory/speed.json",
        "describe-unknown          | describe ruonding",
        "describe-unknown-kind     | describe quantiser/rounding",
        "data-unknown              | data verify pictrues"
      })
  void explainsWhatIsWrongWithTheConfiguration(String golden, String arguments) throws IOException {
    Outcome outcome = roundel.run(arguments.split(" "));
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    Golden.assertGolden(golden, outcome.err());
  }

  @Test
  void saysWhenItDoesNotKnowWhereItIs() {
    Outcome outcome = InProcess.homeless().run("list");
    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).contains("start the program with bin/roundel, or give --plugins DIR");
  }

  @Test
  void showsWhereAnInternalErrorHappened() {
    InProcess broken =
        InProcess.with(
            directory -> {
              throw new IllegalStateException("a mistake");
            });
    assertThat(broken.run("list", "--verbose").exitCode()).isEqualTo(1);
    assertThat(broken.run("list", "--verbose").err())
        .startsWith(
            "roundel: internal error, a fault of this program: IllegalStateException: a mistake")
        .contains("\tat org.roundel.cli");
  }
}
