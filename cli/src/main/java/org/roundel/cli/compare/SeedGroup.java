package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunSettings;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.reproduce.experiment.Sample;

/**
 * Runs whose settings are the same but for the seed.
 *
 * @param runs two at least, all with all their epochs
 */
record SeedGroup(List<NamedRun> runs) {
  /** The most runs of a group whose names are all shown. */
  private static final int NAMED = 5;

  /** Returns the groups; runs that are not done, or whose like there is not, are in none. */
  static List<SeedGroup> of(List<NamedRun> all) {
    Map<Map<String, String>, List<NamedRun>> groups = new LinkedHashMap<>();
    for (NamedRun run : all) {
      if (run.last() != null && run.done()) {
        Map<String, String> settings = new TreeMap<>(run.configuration().resolved());
        settings.remove(RunSettings.SEED.name());
        groups.computeIfAbsent(settings, key -> new ArrayList<>()).add(run);
      }
    }
    return groups.values().stream()
        .filter(runs -> runs.stream().map(SeedGroup::seed).distinct().count() == runs.size())
        .filter(runs -> runs.size() > 1)
        .map(SeedGroup::new)
        .toList();
  }

  static Long seed(NamedRun run) {
    return run.configuration().get(RunSettings.SEED);
  }

  Sample best() {
    return new Sample(runs.stream().mapToDouble(run -> error(run.best())).toArray());
  }

  Sample last() {
    return new Sample(runs.stream().mapToDouble(run -> error(run.last())).toArray());
  }

  /** Returns the test errors of the best checkpoints, of runs with validation. */
  Sample tested() {
    return new Sample(
        runs.stream()
            .map(NamedRun::test)
            .mapToDouble(test -> test == null ? Double.NaN : test.test().error())
            .toArray());
  }

  /** Returns what the runs' epochs are evaluated on: the share of images held out is a setting. */
  Images images() {
    return runs.get(0).images();
  }

  private static double error(@Nullable RunEpoch epoch) {
    return epoch == null ? Double.NaN : epoch.testError();
  }

  /** Returns a row for each group. */
  static Table<SeedGroup> table(List<SeedGroup> groups) {
    UnaryOperator<String> shortening =
        RunTable.shortening(groups.stream().map(SeedGroup::some).toList());
    List<Column<SeedGroup>> columns = new ArrayList<>();
    columns.add(
        Column.<SeedGroup>of("runs", SeedGroup::some)
            .onTerminal("runs", group -> shortening.apply(group.some())));
    columns.add(Column.of("seeds", group -> Integer.toString(group.runs().size())));
    List<Images> kinds = groups.stream().map(SeedGroup::images).distinct().toList();
    if (kinds.contains(Images.TEST)) {
      columns.add(Column.of("best test error", group -> percent(group, Images.TEST, group.best())));
      columns.add(Column.of("last test error", group -> percent(group, Images.TEST, group.last())));
    }
    if (kinds.contains(Images.VALIDATION)) {
      columns.add(
          Column.of(
              "best validation error", group -> percent(group, Images.VALIDATION, group.best())));
      columns.add(
          Column.<SeedGroup>of(
                  "test error of the best",
                  group -> percent(group, Images.VALIDATION, group.tested()))
              .onTerminal("test error"));
    }
    return new Table<>(columns, groups);
  }

  private static String percent(SeedGroup group, Images images, Sample errors) {
    if (group.images() != images) {
      return "-";
    }
    return String.format(
        Locale.ROOT, "%.2f ± %.2f %%", 100 * errors.mean(), 100 * errors.standardDeviation());
  }

  private String some() {
    List<String> names = names();
    return names.size() <= NAMED
        ? String.join(", ", names)
        : names.get(0) + " and " + (names.size() - 1) + " more";
  }

  List<String> names() {
    return runs.stream().map(NamedRun::name).toList();
  }
}
