package org.roundel.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
    Pace.Snapshot snapshot = new Pace.Snapshot(3, 160, 196, 391, 252.4, 0.53214, 99, 62_000);
    assertThat(BarText.of(snapshot, false, 79))
        .isEqualTo(
            "epoch 3/160 [====     ]  50%  252 images/s  loss 0.5321  ETA 1:39, run 17:13:20")
        .hasSize(79);
    assertThat(BarText.of(snapshot, true, 79))
        .isEqualTo(
            "epoch 3/160 [==========           ]  50%  252 images/s  loss 0.5321  evaluating");
    assertThat(BarText.of(snapshot, false, 37)).isEqualTo("epoch 3/160 50%  252 images/s");
    assertThat(BarText.of(snapshot, false, 29)).isEqualTo("epoch 3/160 50%  252 images/s");
    assertThat(BarText.of(snapshot, false, 28)).isEqualTo("epoch 3/160 50%");
    assertThat(BarText.of(snapshot, false, 14)).isEqualTo("epoch 3/160 50");
    for (int columns = 0; columns < 200; columns++) {
      assertThat(BarText.of(snapshot, false, columns)).hasSizeLessThanOrEqualTo(columns);
    }
  }

  @Test
  void printsALinePerEpochWithinEightyColumns() {
    EpochTable table = new EpochTable(out);
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
  void hasNoColumnForALatentErrorThatIsNotMeasured() {
    new EpochTable(out).epochCompleted(epoch(1, null));
    assertThat(printed())
        .isEqualTo(
            """
              epoch  train loss  train err  test err      rate  images/s     time
                1/2      1.2346    45.12 %   38.20 %      0.01       250     0:40
            """);
  }

  @Test
  void saysWhatIsTrainedAndWhatCameOut() {
    RunSummary summary = new RunSummary(out, false);
    summary.metricsAt("http://127.0.0.1:9464/metrics");
    summary.pageAt("http://127.0.0.1:9464/");
    summary.runStarted(started(0));
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
              run       runs/x
              evaluate  roundel evaluate runs/x
            """);
  }

  @Test
  void saysHowToGoOnWithAnInterruptedRun() {
    RunSummary summary = new RunSummary(out, true);
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

  @ParameterizedTest
  @ValueSource(strings = {"runs/x", "my runs", "-x", "it's", "a\nb", "$HOME `id` \\"})
  void theCommandsThatItShowsCanBePasted(String directory) throws Exception {
    RunSummary summary = new RunSummary(out, true);
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
    RunSummary summary = new RunSummary(out, false);
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
            """);
  }

  @Test
  void callsNoEpochTheBestOfOne() {
    RunSummary summary = new RunSummary(out, false);
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
        .contains("\repoch 1/2 [=", "100%  5.00 images/s  loss 0.5000  evaluating")
        .endsWith("\r" + " ".repeat(79) + "\r");
    assertThat(printed().split("\r")).allMatch(line -> line.length() < 80);
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
    return new RunStarted(
        Path.of("runs", "x"),
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
    return new EpochCompleted(
        number,
        2,
        4L * number,
        0.01,
        new Evaluation(1.23456, 0.4512, 10_000),
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
