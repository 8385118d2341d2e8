package org.roundel.cli.progress;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.report.terminal.Paint;
import org.roundel.report.terminal.Paragraph;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;

/** Prints what a run is before it starts, and what came out of it. */
public final class RunSummary implements TrainingListener {
  private final PrintStream out;
  private final Paint paint;
  private final int width;
  private final boolean quiet;
  private final RunEnd end;
  private @Nullable String metricsAddress;
  private @Nullable String pageAddress;
  private @Nullable String checkpoint;
  private boolean quantized;

  /**
   * Makes a printer.
   *
   * @param terminal where it prints
   * @param quiet whether to print the result only
   * @param nanoTime as {@link System#nanoTime}; from here on the run's time counts
   */
  public RunSummary(Terminal terminal, boolean quiet, LongSupplier nanoTime) {
    this.out = terminal.out();
    this.paint = terminal.paint();
    this.width = terminal.width();
    this.quiet = quiet;
    this.end = new RunEnd(nanoTime);
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
      out.println(paint.warning("note:") + " " + notice);
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
    String what = event.stepsDone() > 0 ? "Going on with " : "Training ";
    out.println(paint.title(what + PlanRows.title(run)));
    PlanRows.of(event)
        .forEach((label, text) -> PlanRows.rows(label, text, width).forEach(out::println));
    if (event.stepsDone() > 0) {
      row("done", Texts.of(event.stepsDone(), "update"));
    }
    row("run", PlanRows.shown(event.directory()).toString());
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
  public void epochCompleted(EpochCompleted event) {
    end.epochCompleted(event);
  }

  @Override
  public void checkpointWritten(CheckpointWritten event) {
    checkpoint = event.name();
  }

  @Override
  public void runFinished(RunResult result) {
    Path directory = PlanRows.shown(result.directory());
    String word = MessageText.shellWord(directory);
    if (!quiet && !result.alreadyFinished()) {
      out.println();
    }
    if (result.alreadyFinished()) {
      print(RunEnd.nothingLeft(result));
    } else if (result.patience() > 0) {
      print("Ended after epoch " + result.epochs() + ": " + RunEnd.patience(result) + ".");
    }
    if (result.interrupted()) {
      String stopped =
          "Stopped early" + (checkpoint == null ? "" : "; checkpoint " + checkpoint) + ".";
      out.println(paint.warning(stopped));
    }
    EpochCompleted last = result.last();
    if (last != null) {
      quantized |= last.layers().stream().anyMatch(LayerStatistics::quantized);
      String error =
          String.format(
              Locale.ROOT,
              "%s%s after epoch %s",
              (last.validated() ? "Validation" : "Test")
                  + (quantized ? " error of the quantized net: " : " error: "),
              Texts.percent(last.test().error()),
              last.epoch());
      String best = best(result, last);
      if (error.length() + best.length() <= width) {
        out.println(paint.title(error) + best);
      } else {
        Paragraph.wrap(error + best, width).forEach(line -> out.println(paint.title(line)));
      }
    }
    if (result.test() != null) {
      out.println(
          paint.title(
              "Test error of the best checkpoint: "
                  + Texts.percent(result.test().test().error())
                  + " (epoch "
                  + result.test().epoch()
                  + ")"));
    }
    if (!quiet && !result.alreadyFinished()) {
      row("time", end.time());
    }
    row("run", directory.toString());
    if (!quiet) {
      files(end.files(result.directory()));
    }
    if (result.interrupted()) {
      next("go on", "roundel resume " + word);
    } else {
      next("evaluate", "roundel evaluate " + word);
    }
    if (result.alreadyFinished()) {
      String setting =
          result.patience() > 0
              ? " --patience " + 2L * result.patience()
              : " --epochs " + 2L * result.epochs();
      next("go on", "roundel resume " + word + setting);
    }
    if (!quiet && last != null) {
      next("inspect", "roundel inspect " + word);
      next("export", "roundel export " + word + " --format safetensors --out net.safetensors");
      next("look", "roundel ui" + among(result.directory()));
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

  /** Returns where 'roundel ui' has to look for a run, as it is typed; in runs/ it does anyway. */
  private static String among(Path directory) {
    Path parent = directory.toAbsolutePath().normalize().getParent();
    Path shown = PlanRows.shown(parent == null ? directory : parent);
    return shown.equals(Path.of("runs")) ? "" : " " + MessageText.shellWord(shown);
  }

  private void print(String sentence) {
    Paragraph.wrap(sentence, width).forEach(out::println);
  }

  private void row(String label, String text) {
    out.println(PlanRows.row(label, text));
  }

  private void files(String names) {
    if (!names.isEmpty()) {
      PlanRows.rows("files", names, width).forEach(out::println);
    }
  }

  /** Prints a command to go on with; one that is too long for a line goes on in the next. */
  private void next(String label, String command) {
    int options = command.indexOf(" --");
    if (PlanRows.INDENT + command.length() <= width || options < 0) {
      row(label, paint.command(command));
      return;
    }
    row(label, paint.command(command.substring(0, options) + " \\"));
    row("", "  " + paint.command(command.substring(options + 1)));
  }
}
