package org.roundel.cli.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;

/** Shows a progress bar per epoch on a terminal, and takes it away when the epoch is done. */
public final class BarListener implements TrainingListener, AutoCloseable {
  private static final int MILLIS_BETWEEN_DRAWINGS = 250;

  private final Line line;
  private final Pace pace;
  private final BarText text = new BarText();
  private @Nullable ProgressBar bar;

  /**
   * Makes a listener.
   *
   * @param terminal what the bar is drawn on
   * @param columns its width
   */
  public BarListener(PrintStream terminal, int columns) {
    this.line = new Line(terminal, columns);
    this.pace = new Pace(System::nanoTime);
  }

  @Override
  public void runStarted(RunStarted event) {
    pace.runStarted(event);
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    pace.stepCompleted(event);
    text.show(pace.snapshot(event));
    ProgressBar shown = bar;
    if (shown == null) {
      shown =
          new ProgressBarBuilder()
              .setInitialMax(event.stepsPerEpoch())
              .setUpdateIntervalMillis(MILLIS_BETWEEN_DRAWINGS)
              .continuousUpdate()
              .setRenderer(text)
              .setConsumer(line)
              .build();
      bar = shown;
    }
    shown.stepTo(event.stepInEpoch());
  }

  @Override
  public void evaluationStarted(EvaluationStarted event) {
    pace.evaluationStarted(event);
    text.showEvaluation();
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    pace.epochCompleted(event);
    close();
  }

  @Override
  public void runFinished(RunResult event) {
    close();
  }

  /** Takes the bar away. A second call does nothing. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      // The library's own clearing leaves out a bar that it drew only once.
      line.clear();
    }
  }

  /** One line of a terminal, written over and over; without JLine, which would ask the terminal. */
  private record Line(PrintStream terminal, int columns) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      // A character in the last column makes some terminals go to the next line, and ^C needs two.
      return columns - 3;
    }

    @Override
    public void accept(String rendered) {
      terminal.print("\r" + rendered + " ".repeat(Math.max(0, columns - 1 - rendered.length())));
      terminal.flush();
    }

    @Override
    public void clear() {
      terminal.print("\r" + " ".repeat(columns - 1) + "\r");
      terminal.flush();
    }

    @Override
    public void close() {
      terminal.flush();
    }
  }
}
