package org.roundel.cli.progress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.run.RunDirectory;
import org.roundel.report.terminal.Texts;

/** What can be said of a run at its end beside its errors: how long it took, and its files. */
final class RunEnd implements TrainingListener {
  private static final double NANOS = 1e9;

  /** Those that people read; the others are for programs. */
  private static final List<String> READABLE =
      List.of(RunDirectory.REPORT, RunDirectory.HISTORY, RunDirectory.TEST, RunDirectory.LOG);

  private final LongSupplier nanoTime;
  private final long start;
  private double updates;

  RunEnd(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    updates += event.seconds();
  }

  /** Returns the time from the command to its end, and how much of it went into whole epochs. */
  String time() {
    String all = Texts.duration((nanoTime.getAsLong() - start) / NANOS);
    return updates > 0 ? all + ", of it " + Texts.duration(updates) + " updates" : all;
  }

  /** Returns what lies in a run's directory; empty where that cannot be told. */
  String files(Path directory) {
    List<String> names = new ArrayList<>();
    checkpoints(directory.resolve(RunDirectory.CHECKPOINTS)).ifPresent(names::add);
    for (String name : READABLE) {
      if (Files.isRegularFile(directory.resolve(name))) {
        names.add(name);
      }
    }
    return String.join(", ", names);
  }

  /** Says why a run has ended before its last epoch. */
  static String patience(RunResult result) {
    return (result.patience() == 1
            ? "one epoch"
            : Texts.count(result.patience()) + " epochs in a row")
        + " without a lower validation error";
  }

  /** Says of a run that goes no further why that is. */
  static String nothingLeft(RunResult result) {
    if (result.patience() > 0) {
      return "Nothing is left to do: the run has ended after epoch "
          + Texts.count(result.epochs())
          + ", by "
          + patience(result)
          + ".";
    }
    return result.epochs() == 1
        ? "Nothing is left to do: the run's one epoch is done."
        : "Nothing is left to do: the run has all its " + Texts.count(result.epochs()) + " epochs.";
  }

  private static Optional<String> checkpoints(Path directory) {
    long count = 0;
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file)) {
          bytes += Files.size(file);
        } else if (directory.equals(file.getParent())) {
          count++;
        }
      }
    } catch (IOException | UncheckedIOException gone) {
      // Of a run whose files are gone there is still its result to tell.
      return Optional.empty();
    }
    return Optional.of(Texts.of(count, "checkpoint") + " (" + Texts.bytes(bytes) + ")");
  }
}
