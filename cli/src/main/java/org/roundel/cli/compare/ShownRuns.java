package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.roundel.report.terminal.Texts;

/**
 * Which of many runs people are shown: curves of hundreds cannot be told apart, and a page of
 * thousands cannot be opened. Files of numbers have all of them.
 *
 * @param all every run
 * @param runs those that are shown, in the order in which they were named
 */
record ShownRuns(List<NamedRun> all, List<NamedRun> runs) {
  /** Three of each color. */
  static final int MOST = 24;

  /** Chooses those with the lowest error. */
  static ShownRuns of(List<NamedRun> all) {
    List<NamedRun> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(ShownRuns::error));
    Set<String> names = new HashSet<>();
    sorted.stream().limit(MOST).forEach(run -> names.add(run.name()));
    return new ShownRuns(all, all.stream().filter(run -> names.contains(run.name())).toList());
  }

  private static double error(NamedRun run) {
    RunEpoch best = run.best();
    return best == null ? Double.POSITIVE_INFINITY : best.testError();
  }

  boolean areAll() {
    return runs.size() == all.size();
  }

  /** Says which are shown. */
  String note() {
    return "Shown are the "
        + runs.size()
        + " with the lowest "
        + Images.of(all).stream().map(Images::toString).collect(Collectors.joining(" or "))
        + " error of "
        + Texts.of(all.size(), "run")
        + "; "
        + Comparison.RUNS
        + " and "
        + Comparison.EPOCHS
        + " have all.";
  }
}
