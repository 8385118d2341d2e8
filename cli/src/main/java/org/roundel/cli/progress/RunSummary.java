package org.roundel.cli.progress;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.report.terminal.Texts;

/** Prints what a run is before it starts, and what came out of it. */
public final class RunSummary implements TrainingListener {
  private final PrintStream out;
  private final boolean quiet;
  private @Nullable String metricsAddress;
  private @Nullable String pageAddress;
  private @Nullable String checkpoint;
  private boolean quantized;

  /**
   * Makes a printer.
   *
   * @param out where it prints
   * @param quiet whether to print the result only
   */
  public RunSummary(PrintStream out, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  /** Says where metrics are served. */
  public void metricsAt(String address) {
    metricsAddress = address;
  }

  /** Says where a browser finds the run. */
  public void pageAt(String address) {
    pageAddress = address;
  }

  @Override
  public void runStarted(RunStarted event) {
    quantized = event.quantizedParameters() > 0;
    for (String notice : event.notices()) {
      out.println("note: " + notice);
    }
    if (quiet) {
      // With port 0 nobody else knows it.
      if (metricsAddress != null) {
        out.println("metrics " + metricsAddress);
      } else if (pageAddress != null) {
        out.println("page " + pageAddress);
      }
      return;
    }
    RunConfiguration run = event.configuration();
    out.println(
        String.format(
            Locale.ROOT,
            "%s%s on %s",
            event.stepsDone() > 0 ? "Going on with " : "Training ",
            run.get(RunSettings.MODEL),
            run.get(RunSettings.DATASET)));
    row("net", Texts.count(event.parameters()) + " parameters" + quantization(event));
    row(
        "data",
        String.format(
            Locale.ROOT,
            "%s training and %s, batches of %s",
            Texts.count(event.trainImages()),
            Texts.of(event.testImages(), "test image"),
            run.get(RunSettings.BATCH_SIZE)));
    row(
        "plan",
        String.format(
            Locale.ROOT,
            "%s of %s, %s, rate %s %s, seed %s",
            Texts.of(run.get(RunSettings.EPOCHS), "epoch"),
            Texts.of(event.stepsPerEpoch(), "update"),
            run.get(RunSettings.OPTIMIZER),
            Texts.rate(run.get(RunSettings.LEARNING_RATE)),
            run.get(RunSettings.SCHEDULE),
            run.get(RunSettings.SEED)));
    if (event.stepsDone() > 0) {
      row("done", Texts.of(event.stepsDone(), "update"));
    }
    row("run", shown(event.directory()).toString());
    if (metricsAddress != null) {
      row("metrics", metricsAddress);
    }
    if (pageAddress != null) {
      row("page", pageAddress);
    }
    out.println();
    out.flush();
  }

  @Override
  public void checkpointWritten(CheckpointWritten event) {
    checkpoint = event.name();
  }

  @Override
  public void runFinished(RunResult result) {
    Path directory = shown(result.directory());
    String word = MessageText.shellWord(directory);
    if (!quiet && !result.alreadyFinished()) {
      out.println();
    }
    if (result.alreadyFinished()) {
      out.println(
          result.epochs() == 1
              ? "Nothing is left to do: the run's one epoch is done."
              : "Nothing is left to do: the run has all its "
                  + Texts.count(result.epochs())
                  + " epochs.");
    }
    if (result.interrupted()) {
      out.println("Stopped early" + (checkpoint == null ? "" : "; checkpoint " + checkpoint) + ".");
    }
    EpochCompleted last = result.last();
    if (last != null) {
      quantized |= last.layers().stream().anyMatch(LayerStatistics::quantized);
      out.println(
          String.format(
              Locale.ROOT,
              "%s%s after epoch %s%s",
              quantized ? "Test error of the quantized net: " : "Test error: ",
              Texts.percent(last.test().error()),
              last.epoch(),
              best(result, last)));
    }
    row("run", directory.toString());
    if (Files.isRegularFile(result.directory().resolve("report.html"))) {
      row("report", directory.resolve("report.html").toString());
    }
    if (result.interrupted()) {
      row("go on", "roundel resume " + word);
    } else {
      row("evaluate", "roundel evaluate " + word);
    }
    if (result.alreadyFinished()) {
      row("go on", "roundel resume " + word + " --epochs " + 2L * result.epochs());
    }
    out.flush();
  }

  private static String best(RunResult result, EpochCompleted last) {
    if (result.best().epoch() == last.epoch()) {
      // Of one epoch there is no best.
      return last.epoch() == 1 ? "" : ", the best so far";
    }
    return "; best " + Texts.percent(result.best().error()) + " in epoch " + result.best().epoch();
  }

  private static String quantization(RunStarted event) {
    RunConfiguration run = event.configuration();
    if (event.quantizedParameters() == 0) {
      return ", none quantized";
    }
    return String.format(
        Locale.ROOT,
        ", %s quantized by %s (%s)",
        Texts.count(event.quantizedParameters()),
        run.get(RunSettings.QUANTIZER),
        run.get(RunSettings.QUANTIZE));
  }

  private void row(String label, String text) {
    out.println("  " + label + " ".repeat(Math.max(1, 10 - label.length())) + text);
  }

  /** Returns a path as the user can type it here. */
  private static Path shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute)
        : absolute;
  }
}
