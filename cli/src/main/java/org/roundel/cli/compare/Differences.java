package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the runs' configurations do not have in common. */
final class Differences {
  private static final String ABSENT = "(default)";

  private Differences() {}

  /** Returns the keys whose values are not the same in all runs. */
  static List<String> keys(List<NamedRun> runs) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (NamedRun run : runs) {
      run.configuration()
          .resolved()
          .keySet()
          .forEach(key -> values.put(key, new LinkedHashSet<>()));
    }
    for (NamedRun run : runs) {
      values.forEach((key, found) -> found.add(value(run, key)));
    }
    return values.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns a row for each key: the key, then each run's value. */
  static List<List<String>> rows(List<String> keys, List<NamedRun> runs) {
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      List<String> row = new ArrayList<>(List.of(key));
      runs.forEach(run -> row.add(value(run, key)));
      rows.add(row);
    }
    return rows;
  }

  private static String value(NamedRun run, String key) {
    String value = run.configuration().resolved().getOrDefault(key, ABSENT);
    return value.isEmpty() ? "(empty)" : value;
  }
}
