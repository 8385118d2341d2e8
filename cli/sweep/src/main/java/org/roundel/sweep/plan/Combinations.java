package org.roundel.sweep.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.roundel.api.Option;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;

/** The settings of every cell of a sweep: each of the list with all of the grid and all seeds. */
final class Combinations {
  /** Who wants more wants another grid. */
  static final int MOST = 10_000;

  /** What a file could come to would fill any memory. */
  private static final int MOST_SETTINGS = 1_000_000;

  private Combinations() {}

  /**
   * Returns the cells' settings, the seeds changing fastest and the list slowest; without those
   * that are excluded. What is wrong is added to the problems.
   */
  static List<Map<String, String>> of(SweepFile file, SweepProblems problems) {
    BigInteger count =
        BigInteger.valueOf(Math.max(1, file.seeds().size()))
            .multiply(BigInteger.valueOf(file.list().size()));
    for (List<String> values : file.grid().values()) {
      count = count.multiply(BigInteger.valueOf(values.size()));
    }
    if (count.compareTo(BigInteger.valueOf(MOST)) > 0) {
      problems.add(
          String.format(
              Locale.ROOT,
              "it comes to %,d cells, before any is excluded; allowed: at most %,d; split it",
              count,
              MOST));
      return List.of();
    }
    if (count.intValueExact() * settings(file) > MOST_SETTINGS) {
      problems.add(
          "all cells together come to more than "
              + MOST_SETTINGS
              + " settings and exclusions; split it");
      return List.of();
    }
    List<Map<String, String>> all = new ArrayList<>();
    for (Map<String, String> own : file.list()) {
      Map<String, String> start = new LinkedHashMap<>(file.base());
      start.putAll(own);
      all.add(start);
    }
    for (Map.Entry<String, List<String>> each : file.grid().entrySet()) {
      all = product(all, each.getKey(), each.getValue());
    }
    if (!file.seeds().isEmpty()) {
      all = product(all, RunSettings.SEED.name(), file.seeds());
    }
    return withoutExcluded(all, file.exclusions(), problems);
  }

  /** Returns how many settings are looked at for each cell. */
  private static long settings(SweepFile file) {
    Set<String> keys = new HashSet<>(file.base().keySet());
    keys.addAll(file.grid().keySet());
    file.list().forEach(own -> keys.addAll(own.keySet()));
    long settings = keys.size();
    for (SweepFile.Exclusion exclusion : file.exclusions()) {
      settings += Math.max(1, exclusion.settings().size());
    }
    return settings;
  }

  private static List<Map<String, String>> product(
      List<Map<String, String>> all, String key, List<String> values) {
    List<Map<String, String>> product = new ArrayList<>();
    for (Map<String, String> settings : all) {
      for (String value : values) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        product.add(more);
      }
    }
    return product;
  }

  private static List<Map<String, String>> withoutExcluded(
      List<Map<String, String>> all, List<SweepFile.Exclusion> exclusions, SweepProblems problems) {
    for (SweepFile.Exclusion exclusion : exclusions) {
      if (all.stream().noneMatch(settings -> matches(settings, exclusion))) {
        problems.add(
            exclusion.line(),
            "exclude: no cell has all of "
                + exclusion.settings().entrySet().stream()
                    .map(each -> each.getKey() + ": " + each.getValue())
                    .collect(Collectors.joining(", ")));
      }
    }
    List<Map<String, String>> left =
        all.stream()
            .filter(settings -> exclusions.stream().noneMatch(each -> matches(settings, each)))
            .toList();
    if (left.isEmpty()) {
      problems.add("nothing is left to train: every cell is excluded");
    }
    return left;
  }

  private static boolean matches(Map<String, String> settings, SweepFile.Exclusion exclusion) {
    return exclusion.settings().entrySet().stream()
        .allMatch(each -> RunConfiguration.isSame(value(settings, each.getKey()), each.getValue()));
  }

  /** Returns a setting's value or its default; empty for a component's option that is not given. */
  static String value(Map<String, String> settings, String key) {
    Option<?> setting = RunSettings.find(key);
    return settings.getOrDefault(key, setting == null ? "" : setting.defaultText());
  }
}
