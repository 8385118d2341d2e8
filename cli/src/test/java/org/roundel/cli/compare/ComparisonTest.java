package org.roundel.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.report.table.PageTable.Cell;
import org.roundel.report.table.PageTable.Kind;

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
    List<Path> directories = List.of(Path.of("a/x"), Path.of("b/x"), Path.of("y"));
    assertThat(RunNames.of(directories))
        .extracting(name -> name.replace('\\', '/'))
        .containsExactly("a/x", "b/x", "y");
  }

  @Test
  void findsTheSettingsThatDiffer() {
    List<NamedRun> runs =
        List.of(
            run("a", Map.of("epochs", "2", "quantizer.delta", "0.5")),
            run("b", Map.of("epochs", "3")));
    List<String> keys = Differences.keys(runs);
    assertThat(Differences.table(keys, runs).page().rows())
        .containsExactly(
            List.of(
                new Cell("epochs", Kind.TEXT),
                new Cell("2", Kind.TEXT),
                new Cell("3", Kind.DIFFERENT)),
            List.of(
                new Cell("quantizer.delta", Kind.TEXT),
                new Cell("0.5", Kind.TEXT),
                new Cell("(default)", Kind.DIFFERENT)));
  }

  @Test
  void showsARunBeforeItsFirstEpoch() throws IOException {
    Path out = directory.resolve("out");
    Outcome outcome = compare(run("new", "epochs: 3\n", "").toString(), "--out", out.toString());
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

  /** As cells of a sweep are named: by what they compute first, their seed last. */
  @Test
  void namesAreCutOnlyWhereTheirEndsTellThemApart() throws IOException {
    String end = "-learning-rate-0.01-seed-1";
    Path none = run("none" + end, "epochs: 3\n", "");
    Path binary = run("binary-connect" + end, "epochs: 3\n", "");
    Path other = run("none-learning-rate-0.001-seed-2", "epochs: 3\n", "");
    String out = directory.resolve("out").toString();
    assertThat(compare(none.toString(), binary.toString(), "--out", out).out())
        .contains("\nnone" + end + "  ", "\nbinary-connect" + end + "  ");
    String cut = directory.resolve("cut").toString();
    assertThat(compare(none.toString(), other.toString(), "--out", cut).out())
        .contains("\n…arning-rate-0.01-seed-1  ", "\n…rning-rate-0.001-seed-2  ");
  }

  /** A page of 3,000 runs had 81 MB, and their curves could not be told apart. */
  @Test
  void showsTheBestOfManyRunsAndKeepsTheNumbersOfAll() throws IOException {
    int count = 3000;
    List<String> arguments = new ArrayList<>(List.of("compare"));
    for (int number = 0; number < count; number++) {
      String error = "0." + (9999 - number);
      arguments.add(
          run("runs/r" + number, "epochs: 1\nseed: " + number + "\n", history(error)).toString());
    }
    Path out = directory.resolve("out");
    arguments.addAll(List.of("--out", out.toString()));

    Outcome outcome =
        InProcess.with(plugins -> PluginRegistry.of()).run(arguments.toArray(String[]::new));

    assertThat(outcome.exitCode()).as("%s", outcome.err()).isZero();
    String note = "Shown are the 24 with the lowest test error of 3,000 runs; runs.csv and";
    assertThat(outcome.out().lines())
        .hasSize(1 + ShownRuns.MOST + 4 + 2 + 1)
        .contains(note)
        .anyMatch(line -> line.startsWith("r2999 ") && line.contains(" 70.00 % "))
        .noneMatch(line -> line.startsWith("r2975 "));
    Path page = out.resolve("report.html");
    assertThat(Files.size(page)).isLessThan(1_000_000);
    assertThat(Files.readString(page))
        .contains("<h1>Comparison of 3,000 runs</h1>", note, "equal in all 3,000 runs.")
        .contains("<td>r2999</td>")
        .doesNotContain("r2975");
    assertThat(Files.readAllLines(out.resolve("runs.csv")))
        .hasSize(1 + count)
        .startsWith(
            "run,directory,state,epochs,epochs_planned,best_test_error,best_epoch,last_test_error,"
                + "numbers,packed_bytes,seed")
        .contains("r17," + directory.resolve("runs/r17") + ",done,1,1,0.9982,1,0.9982,,,17");
    assertThat(Files.readAllLines(out.resolve("epochs.csv"))).hasSize(1 + count);
  }

  @Test
  void drawsNoMorePointsThanAFigureHasAndAlwaysTheLast() {
    List<RunEpoch> epochs = new ArrayList<>();
    for (int number = 1; number <= 100_000; number++) {
      epochs.add(new RunEpoch(number, number, 0.1, 1, 1, 1, 1, 1, 1, 1, true, 1));
    }
    NamedRun run =
        new NamedRun("long", Path.of("long"), RunConfiguration.of(Map.of()), epochs, false, null);
    List<RunEpoch> drawn = ComparisonCharts.drawn(run);
    assertThat(drawn).hasSizeBetween(500, ComparisonCharts.MOST_POINTS);
    assertThat(drawn.get(drawn.size() - 1).epoch()).isEqualTo(100_000);
  }

  @Test
  void givesMeanAndDeviationOfRunsThatDifferInTheirSeedOnly() throws Exception {
    Path out = directory.resolve("out");
    Outcome outcome =
        compare(
            run("a", "epochs: 1\nseed: 1\n", history("0.25")).toString(),
            run("b", "epochs: 1\nseed: 2\n", history("0.5")).toString(),
            run("c", "epochs: 1\nseed: 3\nbatch-size: 7\n", history("0.5")).toString(),
            run("d", "epochs: 2\nseed: 4\n", history("0.5")).toString(),
            "--json",
            "--out",
            out.toString());
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    JsonNode json = new JsonMapper().readTree(outcome.out());
    assertThat(json.path("runs")).hasSize(4);
    assertThat(json.at("/runs/2/settings/batch-size").asText()).isEqualTo("7");
    assertThat(json.at("/runs/0/last_test_error").asDouble()).isEqualTo(0.25);
    assertThat(json.path("seed_groups")).hasSize(1);
    JsonNode group = json.at("/seed_groups/0");
    assertThat(group.path("runs").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(group.path("seeds").toString()).isEqualTo("[1,2]");
    assertThat(group.at("/best_test_error/mean").asDouble()).isEqualTo(0.375);
    // Of two values: their difference by the root of 2.
    assertThat(group.at("/best_test_error/deviation").asDouble())
        .isCloseTo(0.25 / Math.sqrt(2), within(1e-12));
    assertThat(json.path("report").asText()).isEqualTo(out.resolve("report.html").toString());
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("37.50 ± 17.68 %", "Settings that are equal");
  }

  @Test
  void runsThatHoldImagesOutHaveValidationErrorsAndOneTestError() throws Exception {
    Path out = directory.resolve("out");
    Outcome outcome =
        compare(
            validated("a", 1, "0.25", "0.375").toString(),
            validated("b", 2, "0.5", "0.625").toString(),
            run("c", "epochs: 1\n", history("0.125")).toString(),
            "--json",
            "--out",
            out.toString());
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    JsonNode json = new JsonMapper().readTree(outcome.out());
    JsonNode held = json.at("/runs/0");
    assertThat(held.path("state").asText()).isEqualTo("done");
    assertThat(held.path("best_validation_error").asDouble()).isEqualTo(0.25);
    assertThat(held.path("last_validation_error").asDouble()).isEqualTo(0.25);
    assertThat(held.path("test_error").asDouble()).isEqualTo(0.375);
    assertThat(held.has("best_test_error")).isFalse();
    assertThat(json.at("/runs/2/best_test_error").asDouble()).isEqualTo(0.125);
    assertThat(json.at("/runs/2").has("test_error")).isFalse();
    JsonNode group = json.at("/seed_groups/0");
    assertThat(group.at("/best_validation_error/mean").asDouble()).isEqualTo(0.375);
    assertThat(group.at("/test_error/mean").asDouble()).isEqualTo(0.5);
    assertThat(group.has("best_test_error")).isFalse();
    List<String> runs = Files.readAllLines(out.resolve("runs.csv"));
    assertThat(runs.get(0))
        .contains(
            "best_test_error,best_validation_error,best_epoch,last_test_error,"
                + "last_validation_error,test_error");
    assertThat(runs.get(1)).contains(",,0.25,1,,0.25,0.375");
    assertThat(runs.get(3)).contains(",0.125,,1,0.125,,,");
    assertThat(Files.readAllLines(out.resolve("epochs.csv")).get(0))
        .contains("test_error,test_loss,latent_test_error,validation_error,validation_loss");
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("best validation error", "test error of the best", "50.00 ± 17.68 %")
        .contains("on the test or validation images");
    Outcome alone =
        compare(directory.resolve("a").toString(), "--out", directory.resolve("alone").toString());
    assertThat(alone.out()).contains("best error", "25.00 %", "37.50 %");
    assertThat(Files.readString(directory.resolve("alone/report.html")))
        .doesNotContain("best test error", "test images");
  }

  private Path validated(String name, int seed, String error, String testError) throws IOException {
    String epoch = history(error).replace("\"test\"", "\"validation\"");
    Path run =
        run(
            name,
            "epochs: 1\nvalidation: 0.1\nseed: " + seed + "\n",
            epoch.replace("latentTest", "latentValidation"));
    String test =
        """
        {"epochs":1,"epoch":1,"checkpoint":"step-000000001",\
        "test":{"loss":1.0,"error":%s,"images":10}}
        """
            .replace("%s", testError);
    Files.writeString(run.resolve("test.json"), test);
    return run;
  }

  @Test
  void aTestErrorThatWasAlteredIsSaidAndNotShown() throws IOException {
    Path good = validated("good", 1, "0.25", "0.375");
    Path bad = validated("bad", 2, "0.25", "0.375");
    Path test = bad.resolve("test.json");
    String altered =
        Files.readString(test)
            .replace("{\"epochs\"", "{\"format\":2,\"epochs\"")
            .replace("10}}", "10},\"check\":\"" + "0".repeat(64) + "\"}");
    Files.writeString(test, altered);
    Outcome outcome =
        compare(good.toString(), bad.toString(), "--out", directory.resolve("altered").toString());
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.err()).contains(test + " was altered: it is not what its check was made of");
    assertThat(outcome.out().lines()).noneMatch(line -> line.startsWith("bad "));
  }

  private static String history(String testError) {
    return """
    {"epoch":1,"epochs":1,"step":1,"learningRate":0.1,\
    "train":{"loss":1.0,"error":0.5,"images":10},\
    "test":{"loss":1.0,"error":%s,"images":10},\
    "latentTest":null,"best":true,"seconds":1.0,"layers":[]}
    """
        .replace("%s", testError);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path good = run("good", "epochs: 3\n", "");
    Path bad = run("bad", "epochs: 3\n", "{\"epoch\":1}\n{}\n");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path none = directory.resolve("no/such");
    check("compare-no-directory", none);
    check("compare-no-run", empty);
    check("compare-damaged", bad);
    check("compare-none-readable", bad, empty, none);
    check("compare-twice", good, directory.resolve("./good"));
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void leavesOutWhatCannotBeReadAndSaysSo() throws IOException {
    Path out = directory.resolve("out");
    Outcome outcome =
        compare(
            Files.createDirectory(directory.resolve("empty")).toString(),
            run("a", "epochs: 3\n", history("0.25")).toString(),
            run("bad", "epochs: 3\n", "{\"epoch\":1}\n").toString(),
            run("b", "epochs: 3\n", history("0.5")).toString(),
            "--out",
            out.toString());
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    Golden.assertGolden(
        "compare-some-unreadable", outcome.err().replace(directory.toString(), "DIR"));
    assertThat(outcome.out().lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("a  ") && line.contains("25.00 %"))
        .anyMatch(line -> line.startsWith("b  ") && line.contains("50.00 %"))
        .endsWith("report  " + out.resolve("report.html"));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("<h1>Comparison of 2 runs</h1>")
        .contains("Left out, because they cannot be read: empty, bad.");
    assertThat(Files.readAllLines(out.resolve("runs.csv"))).hasSize(1 + 2);
  }

  @Test
  void makesNoDirectoryBelowAFile() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(
            () ->
                Comparison.of(List.of(run("good", "epochs: 3\n", "")), done -> {})
                    .write(file.resolve("out")))
        .hasMessageStartingWith("the directory " + file.resolve("out") + " cannot be made: ");
  }

  /** Of a link, what it leads to would not get the content. */
  @Test
  void replacesNothing() throws IOException {
    Comparison comparison = Comparison.of(List.of(run("good", "epochs: 3\n", "")), done -> {});
    Path out = Files.createDirectory(directory.resolve("out"));
    Files.writeString(out.resolve("notes.txt"), "mine");
    for (String name : List.of("runs.csv", "flips-linear-dark.svg", "report.html")) {
      Path own = Files.createSymbolicLink(out.resolve(name), directory.resolve("gone"));
      assertThatThrownBy(() -> comparison.write(out))
          .hasMessage(
              "the directory "
                  + out
                  + " already holds a report: it has "
                  + name
                  + ". Choose another by --out.");
      assertThat(out).isDirectoryNotContaining("glob:**/epochs.csv");
      Files.delete(own);
    }
    assertThat(comparison.write(out)).exists();
  }

  private void check(String golden, Path... runs) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (Path run : runs) {
      arguments.add(run.toString());
    }
    arguments.addAll(List.of("--out", directory.resolve("out").toString()));
    Outcome outcome = compare(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    Golden.assertGolden(golden, outcome.err().replace(directory.toString(), "DIR"));
  }

  private static Outcome compare(String... given) {
    String[] arguments = new String[given.length + 1];
    arguments[0] = "compare";
    System.arraycopy(given, 0, arguments, 1, given.length);
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
    Files.writeString(run.resolve("manifest.json"), manifest(values));
    Files.writeString(run.resolve("history.jsonl"), history);
    Files.createDirectories(run.resolve("checkpoints"));
    return run;
  }

  /** As runs had it that did not have names yet; such a run can still be compared. */
  private static String manifest(Map<String, String> values) {
    ObjectNode manifest = JsonNodeFactory.instance.objectNode().put("format", 1);
    ObjectNode configuration = manifest.putObject("configuration");
    values.forEach(configuration::put);
    return manifest.toString();
  }

  private static NamedRun run(String name, Map<String, String> values) {
    return new NamedRun(name, Path.of(name), RunConfiguration.of(values), List.of(), false, null);
  }

  private static EpochCompleted epoch(LayerStatistics... layers) {
    return new EpochCompleted(
        1, 1, 1, 0.1, EVALUATION, false, EVALUATION, null, true, 1, List.of(layers));
  }

  private static LayerStatistics layer(
      ParameterRole role, boolean quantized, long weights, double changed) {
    return new LayerStatistics("w", role, quantized, weights, changed, null, 0, 0, 0, null);
  }
}
