package org.roundel.cli.runreport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.compare.Images;
import org.roundel.core.RoundelException;
import org.roundel.core.event.BestTested;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TestScored;
import org.roundel.core.event.TrainingListener;

/**
 * Writes a run's report when it ends, in whatever way, if there is something new to tell: an epoch
 * that was evaluated, or an older run that has no report. A report that cannot be written is a
 * warning and nothing else.
 */
public final class ReportListener implements TrainingListener {
  private final Consumer<String> warnings;
  private @Nullable Path directory;
  private @Nullable ScoredEpoch scored;

  /**
   * Makes a listener.
   *
   * @param warnings told in a sentence why there is no report
   */
  public ReportListener(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  @Override
  public void runStarted(RunStarted event) {
    directory = event.directory();
  }

  @Override
  public void testScored(TestScored event) {
    Images images = event.validated() ? Images.VALIDATION : Images.TEST;
    scored = new ScoredEpoch("after epoch " + event.epoch(), images, event.classes());
  }

  @Override
  public void bestTested(BestTested event) {
    String when = "by the best checkpoint, of epoch " + event.result().epoch();
    scored = new ScoredEpoch(when, Images.TEST, event.classes());
  }

  @Override
  public void runFinished(RunResult event) {
    if (scored != null || Files.notExists(RunReport.file(event.directory()))) {
      write(event.directory(), EndOfRun.of(event));
    }
  }

  @Override
  public void runFailed(RunFailed event) {
    Path run = directory;
    // Where the run's directory was taken away, the failure says so.
    if (run != null && scored != null && Files.exists(run)) {
      String state = event.diverged() ? "diverged" : "failed";
      write(run, new EndOfRun(state, String.valueOf(event.cause().getMessage())));
    }
  }

  private void write(Path run, EndOfRun end) {
    try {
      RunReport.write(run, end, scored);
    } catch (RoundelException failed) {
      warnings.accept("the report was not written: " + failed.getMessage());
    } catch (RuntimeException | Error failed) {
      // Whatever it is, the run is done, and its result stands.
      warnings.accept("the report was not written: " + failed);
    }
  }
}
