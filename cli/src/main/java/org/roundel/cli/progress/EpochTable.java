package org.roundel.cli.progress;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.record.RunRecord;
import org.roundel.report.terminal.Paint;
import org.roundel.report.terminal.Terminal;
import org.roundel.report.terminal.Texts;

/** Prints one line per epoch under a heading; of a run that goes on, those before too. */
public final class EpochTable implements TrainingListener {
  /** How many of the epochs before are shown; more would push the heading off the screen. */
  private static final int MOST_BEFORE = 10;

  private static final int WIDTH = 69;
  private static final int LATENT_WIDTH = 10;

  private final PrintStream out;
  private final Paint paint;
  private final int columns;
  private boolean headed;
  private boolean latent;

  /** Makes a printer; where the terminal is narrow, the rate and the speed are left out. */
  public EpochTable(Terminal terminal) {
    this.out = terminal.out();
    this.paint = terminal.paint();
    this.columns = terminal.width();
  }

  @Override
  public void runStarted(RunStarted event) {
    if (headed || event.stepsDone() == 0) {
      return;
    }
    List<EpochCompleted> before = before(event);
    int hidden = Math.max(0, before.size() - MOST_BEFORE);
    for (EpochCompleted epoch : before.subList(hidden, before.size())) {
      head(epoch);
      if (hidden > 0) {
        String where = " before these are in the run's history.jsonl";
        out.println(paint.faint("    ... " + Texts.of(hidden, "epoch") + where));
        hidden = 0;
      }
      out.println(paint.faint(line(epoch, Paint.NONE)));
    }
    out.flush();
  }

  /** What cannot be read any more is missing here, and nowhere else. */
  private static List<EpochCompleted> before(RunStarted event) {
    try {
      return RunRecord.read(event.directory()).epochs();
    } catch (RoundelException damaged) {
      return List.of();
    }
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    head(event);
    out.println(line(event, paint));
    out.flush();
  }

  /** A run may go on with the latent error measured, or not any more. */
  private void head(EpochCompleted event) {
    boolean withLatent = event.latentTest() != null;
    if (!headed || withLatent != latent) {
      headed = true;
      latent = withLatent;
      out.println(paint.title(heading(event.validated())));
    }
  }

  private boolean isNarrow() {
    return columns < WIDTH + (latent ? LATENT_WIDTH : 0);
  }

  private String heading(boolean validated) {
    return String.format(
        Locale.ROOT,
        "%7s  %10s  %9s  %8s%s%s  %7s",
        "epoch",
        "train loss",
        "train err",
        validated ? "val. err" : "test err",
        latent ? "    latent" : "",
        isNarrow() ? "" : "      rate  images/s",
        "time");
  }

  private String line(EpochCompleted event, Paint paint) {
    // Colors have no width, so the cell is filled before.
    String test = String.format(Locale.ROOT, "%8s", Texts.percent(event.test().error()));
    return String.format(
        Locale.ROOT,
        "%7s  %10s  %9s  %s%s%s  %7s",
        event.epoch() + "/" + event.epochs(),
        Texts.loss(event.train().loss()),
        Texts.percent(event.train().error()),
        event.best() ? paint.good(test) : test,
        latent(event.latentTest()),
        isNarrow() ? "" : pace(event),
        Texts.duration(event.seconds()));
  }

  private static String pace(EpochCompleted event) {
    return String.format(
        Locale.ROOT,
        "  %8s  %8s",
        Texts.rate(event.learningRate()),
        Texts.speed(event.imagesPerSecond()));
  }

  private static String latent(@Nullable Evaluation evaluation) {
    return evaluation == null
        ? ""
        : String.format(Locale.ROOT, "  %8s", Texts.percent(evaluation.error()));
  }
}
