package org.roundel.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.model.ParameterRole;
import org.roundel.cli.Golden;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.EpochCompleted;
import org.roundel.core.training.Evaluation;
import org.roundel.core.training.LayerStatistics;
import org.roundel.core.training.RunRecord;

class ComparisonTest {
  private static final Evaluation EVALUATION = new Evaluation(1, 0.5, 10);

  @TempDir private Path directory;

  @Test
  void weighsFlipsByWeights() {
    EpochCompleted epoch =
        epoch(
            layer(ParameterRole.CONVOLUTION_WEIGHT, true, 300, 0.1),
            layer(ParameterRole.CONVOLUTION_WEIGHT, true, 100, 0.5),
            layer(ParameterRole.CONVOLUTION_WEIGHT, false, 999, 0.9),
            layer(ParameterRole.LINEAR_WEIGHT, false, 10, 0.3));
    // (300 * 0.1 + 100 * 0.5) / 400; the layer that is not quantized is left out.
    assertThat(Flips.share(epoch, ParameterRole.CONVOLUTION_WEIGHT)).isEqualTo(0.2);
    assertThat(Flips.share(epoch, ParameterRole.LINEAR_WEIGHT)).isEqualTo(0.3);
    assertThat(Flips.share(epoch, ParameterRole.BIAS)).isNaN();
  }

  @Test
  void weighsLayersAlikeWhereWeightsWereNotRecorded() {
    EpochCompleted epoch =
        epoch(
            layer(ParameterRole.CONVOLUTION_WEIGHT, true, 0, 0.1),
            layer(ParameterRole.CONVOLUTION_WEIGHT, true, 0, 0.5));
    assertThat(Flips.share(epoch, ParameterRole.CONVOLUTION_WEIGHT)).isEqualTo(0.3);
    assertThat(Flips.knowsCounts(epoch)).isFalse();
  }

  @Test
  void namesRunsByWhatTellsThemApart() {
    List<NamedRun> runs =
        NamedRun.of(
            List.of(record("a/x", Map.of()), record("b/x", Map.of()), record("y", Map.of())));
    assertThat(runs)
        .extracting(run -> run.name().replace('\\', '/'))
        .containsExactly("a/x", "b/x", "y");
  }

  @Test
  void findsTheSettingsThatDiffer() {
    List<NamedRun> runs =
        NamedRun.of(
            List.of(
                record("a", Map.of("epochs", "2", "quantizer.delta", "0.5")),
                record("b", Map.of("epochs", "3"))));
    assertThat(Differences.rows(runs))
        .containsExactly(
            List.of("epochs", "2", "3"), List.of("quantizer.delta", "0.5", "(default)"));
  }

  @Test
  void showsARunBeforeItsFirstEpoch() throws IOException {
    Path out = directory.resolve("out");
    Outcome outcome = compare(run("new", "epochs: 3\n", ""), "--out", out.toString());
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out())
        .isEqualTo(
            "run  state       epochs  best error  at  last error\n"
                + "new  unfinished  0/3     -           -   -\n"
                + "report  "
                + out.resolve("report.html")
                + "\n");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("No run has finished its first epoch");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path good = run("good", "epochs: 3\n", "");
    check("compare-no-directory", good, directory.resolve("no/such").toString());
    check("compare-no-run", good, Files.createDirectory(directory.resolve("empty")).toString());
    check("compare-twice", good, directory.resolve("./good").toString());
    check("compare-damaged", good, run("bad", "epochs: 3\n", "{\"epoch\":1}\n{}\n").toString());
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void makesNoDirectoryBelowAFile() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(
            () -> Comparison.of(List.of(run("good", "epochs: 3\n", ""))).write(file.resolve("out")))
        .hasMessageStartingWith("The directory " + file.resolve("out") + " cannot be made: ");
  }

  private void check(String golden, Path good, String bad) throws IOException {
    Outcome outcome = compare(good, bad, "--out", directory.resolve("out").toString());
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    Golden.assertGolden(golden, outcome.err().replace(directory.toString(), "DIR"));
  }

  private static Outcome compare(Path run, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "compare";
    arguments[1] = run.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return InProcess.with(plugins -> PluginRegistry.of()).run(arguments);
  }

  private Path run(String name, String configuration, String history) throws IOException {
    Path run = Files.createDirectories(directory.resolve(name));
    Map<String, String> values = new TreeMap<>();
    for (String line : configuration.lines().toList()) {
      String[] parts = line.split(": ", 2);
      values.put(parts[0], parts[1]);
    }
    Files.writeString(run.resolve("config.yaml"), ConfigurationFile.toYaml(values));
    Files.writeString(run.resolve("manifest.json"), "{}");
    Files.writeString(run.resolve("history.jsonl"), history);
    Files.createDirectories(run.resolve("checkpoints"));
    return run;
  }

  private static RunRecord record(String path, Map<String, String> values) {
    return new RunRecord(Path.of(path), RunConfiguration.of(values), List.of());
  }

  private static EpochCompleted epoch(LayerStatistics... layers) {
    return new EpochCompleted(1, 1, 1, 0.1, EVALUATION, EVALUATION, null, true, 1, List.of(layers));
  }

  private static LayerStatistics layer(
      ParameterRole role, boolean quantized, long weights, double changed) {
    return new LayerStatistics("w", role, quantized, weights, changed, null, 0, 0, 0);
  }
}
