package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every run as a row: its result, and the settings that are not the same in all runs. */
final class RunRows {
  private RunRows() {}

  static List<String> headings(List<String> settings) {
    List<String> headings =
        new ArrayList<>(
            List.of(
                "run",
                "directory",
                "state",
                "epochs",
                "epochs_planned",
                "best_test_error",
                "best_epoch",
                "last_test_error"));
    headings.addAll(settings);
    return headings;
  }

  /** Returns the rows; shares are in [0, 1], and an empty setting is one that is at its default. */
  static Iterable<List<@Nullable Object>> of(List<NamedRun> runs, List<String> settings) {
    return () -> runs.stream().map(run -> row(run, settings)).iterator();
  }

  private static List<@Nullable Object> row(NamedRun run, List<String> settings) {
    RunEpoch best = run.best();
    RunEpoch last = run.last();
    List<@Nullable Object> row =
        new ArrayList<>(
            Arrays.<@Nullable Object>asList(
                run.name(),
                run.path().toAbsolutePath().normalize(),
                run.state(),
                run.epochs().size(),
                run.planned(),
                best == null ? null : best.testError(),
                best == null ? null : best.epoch(),
                last == null ? null : last.testError()));
    settings.forEach(setting -> row.add(run.configuration().resolved().get(setting)));
    return row;
  }
}
