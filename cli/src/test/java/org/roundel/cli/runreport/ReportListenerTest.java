package org.roundel.cli.runreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.ConfusionMatrix;
import org.roundel.core.event.ConfusionMatrix.Pair;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TestScored;

class ReportListenerTest {
  private static final String EPOCH =
      """
      {"epoch":1,"epochs":3,"step":9,"learningRate":0.1,\
      "train":{"loss":1.0,"error":0.5,"images":10},\
      "test":{"loss":1.25,"error":0.375,"images":8},\
      "latentTest":null,"best":true,"seconds":1.0,"layers":[\
      {"parameter":"first/weight","role":"CONVOLUTION_WEIGHT","quantized":true,"weights":4321,\
      "changedSinceStart":0.123,"changedInFiveEpochs":null,"quantizationError":0.5,\
      "latentGap":0.0,"moves":987}]}
      """;

  @TempDir private Path directory;
  private Path run;
  private final List<String> warnings = new ArrayList<>();
  private final ReportListener listener = new ReportListener(warnings::add);

  @BeforeEach
  void make() throws IOException {
    run = Files.createDirectory(directory.resolve("a <run>"));
    Files.writeString(run.resolve("config.yaml"), "epochs: 3\n");
    Files.writeString(
        run.resolve("manifest.json"), "{\"format\":1,\"configuration\":{\"epochs\":\"3\"}}");
    Files.writeString(run.resolve("history.jsonl"), EPOCH);
  }

  private Path report() {
    return run.resolve("report.html");
  }

  private void start() {
    listener.runStarted(
        new RunStarted(
            run,
            "1",
            RunConfiguration.of(Map.of()),
            1,
            1,
            List.of(),
            10,
            8,
            9,
            0,
            BestError.NONE,
            List.of(),
            List.of()));
  }

  private void score(String... classNames) {
    ConfusionMatrix confusion =
        new ConfusionMatrix(
            classNames.length, Map.of(new Pair(0, 0), 5, new Pair(0, 1), 2, new Pair(1, 0), 1));
    listener.testScored(
        new TestScored(1, false, new ClassResults(List.of(classNames), confusion, 0)));
  }

  private RunResult result(boolean interrupted) {
    return new RunResult(run, interrupted, false, 1, null, BestError.NONE);
  }

  @Test
  void tellsWhatTheRunDid() throws IOException {
    start();
    score("c<a>t", "dog");
    listener.runFinished(result(true));
    assertThat(warnings).isEmpty();
    String page = Files.readString(report());
    assertThat(page)
        .contains("<h1>Run a &lt;run&gt;</h1>", "stopped early, 1 of 3 epochs", "37.50 %")
        .contains("first/weight", "4,321", "12.30 %", "987", "1.2500")
        .contains("c&lt;a&gt;t", "28.57 %", "100.00 %", ">5</td>", ">2</td>", ">1</td>")
        .contains("roundel train --from", "epochs")
        .doesNotContain("<script", "http://", "https://", "c<a>t");
  }

  @Test
  void aRunThatDivergedSaysWhy() throws IOException {
    start();
    score("cat", "dog");
    listener.runFailed(new RunFailed(new IllegalStateException("the loss <NaN>"), true));
    assertThat(Files.readString(report()))
        .contains("diverged, 1 of 3 epochs", "the loss &lt;NaN&gt;");
  }

  @Test
  void whatWasRefusedOrHasNothingNewLeavesTheReportAlone() throws IOException {
    listener.runFailed(new RunFailed(new IllegalStateException("refused"), false));
    start();
    listener.runFailed(new RunFailed(new IllegalStateException("before an epoch"), false));
    assertThat(report()).doesNotExist();
    Files.writeString(report(), "earlier");
    listener.runFinished(result(false));
    assertThat(report()).hasContent("earlier");
    assertThat(warnings).isEmpty();
  }

  @Test
  void anOlderRunWithoutAReportGetsOne() throws IOException {
    listener.runFinished(result(false));
    assertThat(Files.readString(report()))
        .contains("finished, 1 of 3 epochs", "was not counted; roundel evaluate tells it");
  }

  @Test
  void aRunWithoutAnEpochHasNoReport() throws IOException {
    Files.writeString(run.resolve("history.jsonl"), "");
    start();
    listener.runFinished(result(true));
    assertThat(report()).doesNotExist();
    assertThat(warnings).isEmpty();
  }

  @Test
  void manyClassesHaveWhatStandsOut() throws IOException {
    start();
    String[] names = new String[100];
    for (int index = 0; index < 100; index++) {
      names[index] = "kind " + index;
    }
    score(names);
    listener.runFinished(result(false));
    assertThat(Files.readString(report()))
        .contains("The classes with the largest errors of 100", "What was confused most", "kind 1<")
        .doesNotContain("kind 99", "class=\"matrix\"");
  }

  @Test
  void aReportThatCannotBeWrittenIsAWarning() throws IOException {
    start();
    score("cat", "dog");
    Files.createDirectories(report().resolve("in the way"));
    listener.runFinished(result(false));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("the report was not written: cannot write " + report());
    Files.delete(run.resolve("manifest.json"));
    listener.runFailed(new RunFailed(new IllegalStateException("gone"), false));
    assertThat(warnings).hasSize(2);
  }
}
