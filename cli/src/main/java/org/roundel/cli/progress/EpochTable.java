package org.roundel.cli.progress;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.TrainingListener;
import org.roundel.report.terminal.Texts;

/** Prints one line per epoch, 80 columns at most, under a heading. */
public final class EpochTable implements TrainingListener {
  private static final int LATENT = 4;

  private final PrintStream out;
  private boolean headed;
  private boolean latent;

  /** Makes a printer. */
  public EpochTable(PrintStream out) {
    this.out = out;
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    boolean withLatent = event.latentTest() != null;
    // A run may go on with the latent error measured, or not any more.
    if (!headed || withLatent != latent) {
      headed = true;
      latent = withLatent;
      out.println(heading(withLatent));
    }
    out.println(line(event));
    out.flush();
  }

  private String heading(boolean latent) {
    return row(
        "epoch",
        "train loss",
        "train err",
        "test err",
        latent ? "latent" : "",
        "rate",
        "images/s",
        "time");
  }

  private static String line(EpochCompleted event) {
    return row(
        event.epoch() + "/" + event.epochs(),
        Texts.loss(event.train().loss()),
        Texts.percent(event.train().error()),
        Texts.percent(event.test().error()),
        error(event.latentTest()),
        Texts.rate(event.learningRate()),
        Texts.speed(event.imagesPerSecond()),
        Texts.duration(event.seconds()));
  }

  private static String error(@Nullable Evaluation evaluation) {
    return evaluation == null ? "" : Texts.percent(evaluation.error());
  }

  private static String row(Object... cells) {
    // Without a latent error there is no column for it.
    String latent = cells[LATENT].equals("") ? "%s" : "  %8s";
    return String.format(Locale.ROOT, "%7s  %10s  %9s  %8s" + latent + "  %8s  %8s  %7s", cells);
  }
}
