package org.roundel.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.dataset.Download;
import org.roundel.cli.PastedCommand;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.FinalTest;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.metrics.Pace;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void foretellsTheTimeThatIsLeft() {
    Pace pace = new Pace();
    pace.runStarted(started(0));

    // 2 epochs of 4 updates; 2 s an update, 3 s an evaluation.
    pace.stepCompleted(step(1, 1, 3.0));
    pace.stepCompleted(step(1, 2, 1.0));
    Pace.Snapshot first = pace.snapshot(step(1, 2, 1.0));
    assertThat(first.imagesPerSecond()).isEqualTo(5, within(1e-9));
    assertThat(first.loss()).isEqualTo(2, within(1e-9));
    assertThat(first.epochSecondsLeft()).isEqualTo(2 * 2, within(1e-9));
    assertThat(first.runSecondsLeft()).isEqualTo(2 * 2 + 4 * 2, within(1e-9));

    pace.evaluationCompleted(new EvaluationCompleted(1, 3));
    pace.stepCompleted(step(2, 1, 0.5));
    Pace.Snapshot second = pace.snapshot(step(2, 1, 0.5));
    assertThat(second.loss()).isEqualTo(0.5, within(1e-9));
    assertThat(second.runSecondsLeft()).isEqualTo(3 * 2 + 3, within(1e-9));
  }

  @Test
  void drawsABarThatFitsTheTerminal() {
    Pace.Snapshot latest = new Pace.Snapshot(3, 160, 196, 391, 252.4, 0.53214, 0.123, 99, 62_000);
    assertThat(BarText.of(latest, "", 117))
        .isEqualTo(
            "epoch 3/160  update 196/391 [=============             ] 252 images/s  loss 0.5321  error 12.30 %"
                + "  ETA 1:39, run 17 h")
        .hasSizeLessThanOrEqualTo(117);
    assertThat(BarText.of(latest, "", 77))
        .isEqualTo("epoch 3/160 196/391 [==   ] 252 img/s  loss 0.532  err 12.3 %  1:39, run 17 h");
    assertThat(BarText.of(latest, "evaluating", 77))
        .isEqualTo("epoch 3/160 196/391 [====     ] 252 img/s  loss 0.532  err 12.3 %  evaluating");
    assertThat(BarText.of(latest, "", 76))
        .isEqualTo(
            "epoch 3/160 196/391 ["
                + "=".repeat(12)
                + " ".repeat(13)
                + "] loss 0.532  err 12.3 %  1:39");
    assertThat(BarText.of(latest, "", 57))
        .isEqualTo("epoch 3/160 196/391 [===   ] loss 0.532  err 12.3 %  1:39");
    assertThat(BarText.of(latest, "", 50))
        .isEqualTo("epoch 3/160 196/391  loss 0.532  err 12.3 %  1:39");
    assertThat(BarText.of(latest, "", 48)).isEqualTo("epoch 3/160 196/391  loss 0.532  err 12.3 %");
    assertThat(BarText.of(latest, "", 31)).isEqualTo("epoch 3/160 196/391  loss 0.532");
    assertThat(BarText.of(latest, "", 30)).isEqualTo("epoch 3/160 196/391");
    assertThat(BarText.of(latest, "", 14)).isEqualTo("epoch 3/160 19");
    Pace.Snapshot first = new Pace.Snapshot(3, 160, 7, 391, 252.4, 0.53214, 0.123, 99, 62_000);
    assertThat(BarText.of(first, "", 77))
        .isEqualTo("epoch 3/160   7/391 [     ] 252 img/s  loss 0.532  err 12.3 %  1:39, run 17 h");
    for (int columns = 0; columns < 200; columns++) {
      assertThat(BarText.of(latest, "", columns)).hasSizeLessThanOrEqualTo(columns);
      assertThat(BarText.of(latest, "writing checkpoint", columns))
          .hasSizeLessThanOrEqualTo(columns);
    }
  }

  @Test
  void foretellsNothingBehindTheLastEpoch() {
    Pace.Snapshot latest = new Pace.Snapshot(2, 2, 313, 313, 1980, 12_345, 1, 0, 3);
    assertThat(BarText.of(latest, "", 77))
        .isEqualTo("epoch 2/2 313/313 [=============] 1,980 img/s  loss 1.2e+04  err 100.0 %  0 s");
  }

  @Test
  void printsALineEveryHalfMinuteWhereNoBarCanBeDrawn() {
    AtomicLong now = new AtomicLong(5 * SECOND);
    ProgressLines lines = new ProgressLines(out, now::get);
    lines.runStarted(started(0));
    now.addAndGet(30 * SECOND - 1);
    lines.stepCompleted(step(1, 1, 0.5));
    assertThat(printed()).isEmpty();
    now.addAndGet(1);
    lines.stepCompleted(step(1, 2, 0.5));
    assertThat(printed())
        .isEqualTo("epoch 1/2 2/4  5.00 img/s  loss 0.500  err 30.0 %  4 s, run 12 s\n");
    now.addAndGet(30 * SECOND);
    lines.stepCompleted(step(1, 4, 0.5));
    lines.epochCompleted(epoch(1, null));
    now.addAndGet(30 * SECOND - 1);
    lines.stepCompleted(step(2, 1, 0.5));
    assertThat(printed().lines()).hasSize(1);
  }

  @Test
  void printsALinePerEpochWithinEightyColumns() {
    EpochTable table = new EpochTable(terminal(80));
    table.epochCompleted(epoch(1, new Evaluation(2.2, 0.3512, 2000)));
    table.epochCompleted(epoch(2, new Evaluation(2.1, 1.0, 2000)));
    assertThat(printed())
        .isEqualTo(
            """
              epoch  train loss  train err  test err    latent      rate  images/s     time
                1/2      1.2346    45.12 %   38.20 %   35.12 %      0.01       250     0:40
                2/2      1.2346    45.12 %   38.20 %  100.00 %      0.01       250     0:40
            """);
    assertThat(printed().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void colorsTheBestErrorAndNothingElseOfALine() {
    EpochTable table = new EpochTable(new Terminal(out, out, true, StatusLine.none()));
    table.epochCompleted(epoch(1, null));
    assertThat(printed().lines().skip(1))
        .containsExactly(
            "    1/2      1.2346    45.12 %  \u001b[32m 38.20 %\u001b[0m"
                + "      0.01       250     0:40");
  }

  @Test
  void showsTheEpochsBeforeOfARunThatGoesOn(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("manifest.json"),
        "{\"format\":1,\"configuration\":{\"epochs\":13,\"model\":\"resnet-8\"}}");
    Files.createFile(directory.resolve("config.yaml"));
    StringBuilder history = new StringBuilder();
    for (int number = 1; number <= 12; number++) {
      ObjectNode line = new JsonMapper().valueToTree(epoch(number, null));
      history.append(line.put("epochs", 13)).append('\n');
    }
    Files.writeString(directory.resolve("history.jsonl"), history);
    EpochTable table = new EpochTable(terminal(80));
    table.runStarted(started(directory, 48));
    table.epochCompleted(epoch(13, null));
    List<String> lines = printed().lines().toList();
    assertThat(lines).hasSize(13);
    assertThat(lines.get(0)).startsWith("  epoch  train loss");
    assertThat(lines.get(1))
        .isEqualTo("    ... 2 epochs before these are in the run's history.jsonl");
    assertThat(lines.get(2)).startsWith("   3/13      1.2346    45.12 %   38.20 %");
    assertThat(lines.get(12)).startsWith("   13/2 ");
    bytes.reset();
    Files.writeString(directory.resolve("history.jsonl"), "half a line\n");
    new EpochTable(terminal(80)).runStarted(started(directory, 48));
    assertThat(printed()).isEmpty();
  }

  @Test
  void leavesOutWhatANarrowTerminalHasNoRoomFor() {
    new EpochTable(terminal(60)).epochCompleted(epoch(1, new Evaluation(2.2, 0.3512, 2000)));
    assertThat(printed())
        .isEqualTo(
            """
              epoch  train loss  train err  test err    latent     time
                1/2      1.2346    45.12 %   38.20 %   35.12 %     0:40
            """);
    bytes.reset();
    RunSummary summary = new RunSummary(terminal(60), false, () -> 0);
    summary.runStarted(started(0));
    summary.runFinished(
        new RunResult(
            Path.of("runs", "x"), false, false, 2, epoch(2, null), new BestError(0.37, 1)));
    assertThat(printed().lines()).allMatch(line -> line.length() <= 60);
    assertThat(printed())
        .contains(
            "\n  net       75,290 parameters, 73,680 quantized by\n            binary-connect");
  }

  @Test
  void hasNoColumnForALatentErrorThatIsNotMeasured() {
    new EpochTable(terminal(80)).epochCompleted(epoch(1, null));
    assertThat(printed())
        .isEqualTo(
            """
              epoch  train loss  train err  test err      rate  images/s     time
                1/2      1.2346    45.12 %   38.20 %      0.01       250     0:40
            """);
  }

  @Test
  void saysWhatIsTrainedAndWhatCameOut() {
    AtomicLong now = new AtomicLong(SECOND);
    RunSummary summary = new RunSummary(terminal(80), false, now::get);
    summary.metricsAt("http://127.0.0.1:9464/metrics");
    summary.pageAt("http://127.0.0.1:9464/");
    summary.runStarted(started(0));
    summary.epochCompleted(epoch(1, null));
    summary.epochCompleted(epoch(2, null));
    now.addAndGet(125 * SECOND);
    summary.runFinished(
        new RunResult(
            Path.of("runs", "x"), false, false, 2, epoch(2, null), new BestError(0.37, 1)));
    assertThat(printed())
        .isEqualTo(
            """
            Training resnet-8 on fashion-mnist-mini
              net       75,290 parameters, 73,680 quantized by binary-connect (conv)
              data      10,000 training and 2,000 test images, batches of 32
              plan      2 epochs of 4 updates, adam, rate 0.01 cosine, seed 1
              run       runs/x
              metrics   http://127.0.0.1:9464/metrics
              page      http://127.0.0.1:9464/


            Test error of the quantized net: 38.20 % after epoch 2; best 37.00 % in epoch 1
              time      2:05, of it 1:20 updates
              run       runs/x
              evaluate  roundel evaluate runs/x
              inspect   roundel inspect runs/x
              export    roundel export runs/x --format safetensors --out net.safetensors
              look      roundel ui
            """);
  }

  @Test
  void saysHowToGoOnWithAnInterruptedRun() {
    RunSummary summary = new RunSummary(terminal(80), true, () -> 0);
    summary.runStarted(started(3));
    summary.checkpointWritten(new CheckpointWritten("step-000000005", 1, 1));
    summary.runFinished(new RunResult(Path.of("runs", "x"), true, false, 0, null, BestError.NONE));
    assertThat(printed())
        .isEqualTo(
            """
            Stopped early; checkpoint step-000000005.
              run       runs/x
              go on     roundel resume runs/x
            """);
  }

  @Test
  void tellsTheFilesOfARunAndBreaksACommandThatIsTooLong(@TempDir Path directory) throws Exception {
    Path run = directory.resolve("a-run-with-a-name-as-long-as-that-which-the-program-gives");
    Path checkpoints = run.resolve("checkpoints");
    for (String name : List.of("step-000000001", "step-000000002")) {
      Files.createDirectories(checkpoints.resolve(name));
      Files.write(checkpoints.resolve(name).resolve("weights.safetensors"), new byte[1500]);
    }
    Files.createFile(run.resolve("log.txt"));
    Files.createFile(run.resolve("history.jsonl"));
    RunSummary summary = new RunSummary(terminal(80), false, () -> 0);
    summary.runFinished(
        new RunResult(run, false, false, 2, epoch(2, null), new BestError(0.37, 1)));
    assertThat(printed())
        .contains("\n  files     2 checkpoints (3.0 kB), history.jsonl, log.txt\n")
        .contains(
            "\n  export    roundel export "
                + run
                + " \\\n              --format safetensors --out net.safetensors\n");
    assertThat(printed()).endsWith("\n  look      roundel ui " + directory + "\n");
    String command =
        printed()
            .substring(
                printed().indexOf("export ") + "export ".length(), printed().indexOf("  look"));
    assertThat(PastedCommand.words(command))
        .containsExactly(
            "roundel",
            "export",
            run.toString(),
            "--format",
            "safetensors",
            "--out",
            "net.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs/x", "my runs", "-x", "it's", "a\nb", "$HOME `id` \\"})
  void theCommandsThatItShowsCanBePasted(String directory) throws Exception {
    RunSummary summary = new RunSummary(terminal(80), true, () -> 0);
    summary.runFinished(new RunResult(Path.of(directory), true, false, 0, null, BestError.NONE));
    String command = printed().substring(printed().indexOf("go on ") + "go on ".length());
    assertThat(PastedCommand.words(command)).containsExactly("roundel", "resume", typed(directory));
    bytes.reset();
    summary.runFinished(new RunResult(Path.of(directory), false, false, 0, null, BestError.NONE));
    command = printed().substring(printed().indexOf("evaluate ") + "evaluate ".length());
    assertThat(PastedCommand.words(command))
        .containsExactly("roundel", "evaluate", typed(directory));
  }

  /** A name with a dash in front would be an option. */
  private static String typed(String directory) {
    return directory.startsWith("-") ? "./" + directory : directory;
  }

  @Test
  void saysThatAFinishedRunIsFinishedAndWhatWouldGiveMore() {
    RunSummary summary = new RunSummary(terminal(80), false, () -> 0);
    summary.runFinished(
        new RunResult(
            Path.of("runs", "x"), false, true, 2, epoch(2, null), new BestError(0.37, 1)));
    assertThat(printed())
        .isEqualTo(
            """
            Nothing is left to do: the run has all its 2 epochs.
            Test error: 38.20 % after epoch 2; best 37.00 % in epoch 1
              run       runs/x
              evaluate  roundel evaluate runs/x
              go on     roundel resume runs/x --epochs 4
              inspect   roundel inspect runs/x
              export    roundel export runs/x --format safetensors --out net.safetensors
              look      roundel ui
            """);
  }

  /** What is measured on images held out is never called a test error, and the test error is. */
  @Test
  void tellsValidationAndTestErrorApart() {
    new EpochTable(terminal(80)).epochCompleted(epoch(1, 9, true, null));
    assertThat(printed())
        .isEqualTo(
            """
              epoch  train loss  train err  val. err      rate  images/s     time
                1/9      1.2346    45.12 %   38.20 %      0.01       250     0:40
            """);
    bytes.reset();
    FinalTest test = new FinalTest(3, 1, "step-000000004", new Evaluation(1, 0.391, 2_000));
    RunResult ended =
        new RunResult(
                Path.of("runs", "x"),
                false,
                false,
                3,
                epoch(3, 9, true, null),
                new BestError(0.37, 1))
            .ended(2, test);
    new RunSummary(terminal(80), true, () -> 0).runFinished(ended);
    assertThat(printed())
        .isEqualTo(
            """
            Ended after epoch 3: 2 epochs in a row without a lower validation error.
            Validation error: 38.20 % after epoch 3; best 37.00 % in epoch 1
            Test error of the best checkpoint: 39.10 % (epoch 1)
              run       runs/x
              evaluate  roundel evaluate runs/x
            """);
    bytes.reset();
    RunResult again =
        new RunResult(Path.of("runs", "x"), false, true, 3, ended.last(), ended.best())
            .ended(2, test);
    new RunSummary(terminal(80), true, () -> 0).runFinished(again);
    assertThat(printed())
        .isEqualTo(
            """
            Nothing is left to do: the run has ended after epoch 3, by 2 epochs in a row
            without a lower validation error.
            Validation error: 38.20 % after epoch 3; best 37.00 % in epoch 1
            Test error of the best checkpoint: 39.10 % (epoch 1)
              run       runs/x
              evaluate  roundel evaluate runs/x
              go on     roundel resume runs/x --patience 4
            """);
  }

  @Test
  void callsNoEpochTheBestOfOne() {
    RunSummary summary = new RunSummary(terminal(80), false, () -> 0);
    BestError first = new BestError(0.382, 1);
    summary.runFinished(new RunResult(Path.of("runs", "x"), false, true, 1, epoch(1, null), first));
    assertThat(printed())
        .startsWith("Nothing is left to do: the run's one epoch is done.\n")
        .contains("\nTest error: 38.20 % after epoch 1\n");
    bytes.reset();
    BestError second = new BestError(0.382, 2);
    summary.runFinished(
        new RunResult(Path.of("runs", "x"), true, false, 2, epoch(2, null), second));
    assertThat(printed()).contains("\nTest error: 38.20 % after epoch 2, the best so far\n");
  }

  @Test
  void drawsAndClearsTheBarOnTheTerminal() {
    try (BarListener listener = new BarListener(terminal(80).statusLine())) {
      listener.runStarted(started(0));
      listener.stepCompleted(step(1, 1, 0.5));
      listener.stepCompleted(step(1, 4, 0.5));
      listener.evaluationStarted(new EvaluationStarted(1));
      listener.epochCompleted(epoch(1, null));
    }
    assertThat(printed())
        .contains(
            "\repoch 1/2 1/4 [==         ] 5.00 img/s  loss 0.500  err 30.0 %  6 s, run 14 s",
            "\repoch 1/2 4/4 [==============] 5.00 img/s  loss 0.500  err 30.0 %  evaluating")
        .endsWith("\r" + " ".repeat(79) + "\r");
    assertThat(printed().split("\r")).allMatch(line -> line.length() < 80);
  }

  @Test
  void anUpdateThatDrawsNothingAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    StatusLine line = new StatusLine(out, OptionalInt.of(80), () -> 0);
    ProgressLines lines = new ProgressLines(out, () -> 0);
    try (BarListener bar = new BarListener(line)) {
      bar.runStarted(started(0));
      lines.runStarted(started(0));
      StepCompleted step = step(1, 1, 0.5);
      bar.stepCompleted(step);
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int count = 0; count < 1000; count++) {
        bar.stepCompleted(step);
        lines.stepCompleted(step);
      }
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
    }
  }

  @Test
  void drawsNoBarWhereThereIsNoTerminal() {
    try (BarListener listener = new BarListener(StatusLine.none())) {
      listener.runStarted(started(0));
      listener.stepCompleted(step(1, 1, 0.5));
      listener.evaluationStarted(new EvaluationStarted(1));
    }
    assertThat(printed()).isEmpty();
  }

  @Test
  void showsEachFileOfADownloadAndHowMuchOfItIsThere() {
    try (FetchProgress progress = new FetchProgress(terminal(40))) {
      progress.received(file("a.gz"), 500, 2000);
      progress.received(file("a.gz"), 2000, 2000);
      progress.received(file("b.gz"), 1500, -1);
    }
    assertThat(printed().replaceAll("\r +", ""))
        .isEqualTo(
            """
            Fetching https://example.org/a.gz
            \ra.gz  25%  500 B of 2.0 kB\ra.gz  100%  2.0 kB of 2.0 kB\r\
            Fetching https://example.org/b.gz
            \rb.gz  1.5 kB\r""");
  }

  private static Download file(String name) {
    URI address = URI.create("https://example.org/" + name);
    return new Download(address, name, 2000, "MD5", "0".repeat(32));
  }

  private Terminal terminal(int columns) {
    StatusLine line = new StatusLine(out, OptionalInt.of(columns), System::nanoTime);
    return new Terminal(out, out, false, line);
  }

  private static RunStarted started(long stepsDone) {
    return started(Path.of("runs", "x"), stepsDone);
  }

  private static RunStarted started(Path directory, long stepsDone) {
    return new RunStarted(
        directory,
        "1.2.3",
        RunConfiguration.of(Map.of("epochs", "2", "model", "resnet-8")),
        75_290,
        73_680,
        List.of("conv1"),
        10_000,
        2_000,
        4,
        stepsDone,
        BestError.NONE,
        List.of(),
        List.of());
  }

  private static StepCompleted step(int epoch, int stepInEpoch, double loss) {
    PhaseTimes twoSeconds = new PhaseTimes(0, 0, 2 * SECOND, 0);
    return new StepCompleted(epoch, stepInEpoch, 4, stepInEpoch, 0.01, loss, 3, 10, 1, twoSeconds);
  }

  private static EpochCompleted epoch(int number, @Nullable Evaluation latent) {
    return epoch(number, 2, false, latent);
  }

  private static EpochCompleted epoch(
      int number, int epochs, boolean validated, @Nullable Evaluation latent) {
    return new EpochCompleted(
        number,
        epochs,
        4L * number,
        0.01,
        new Evaluation(1.23456, 0.4512, 10_000),
        validated,
        new Evaluation(1.1, 0.382, 2_000),
        latent,
        true,
        40,
        List.of());
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
