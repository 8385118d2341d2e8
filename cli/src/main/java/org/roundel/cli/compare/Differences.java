package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;

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

  /** Returns the settings that all runs have with the same value, by key. */
  static Table<Map.Entry<String, String>> equal(List<NamedRun> runs, List<String> different) {
    Map<String, String> equal = new TreeMap<>(runs.get(0).configuration().resolved());
    equal.keySet().removeAll(different);
    return new Table<>(
        List.of(
            Column.page("setting", Map.Entry::getKey),
            Column.page("value", entry -> value(runs.get(0), entry.getKey()))),
        equal.entrySet());
  }

  /** Returns a row for each key: the key, then each run's value, marked where it is another. */
  static Table<String> table(List<String> keys, List<NamedRun> runs) {
    List<Column<String>> columns = new ArrayList<>();
    columns.add(Column.page("setting", key -> key));
    for (NamedRun run : runs) {
      columns.add(
          Column.<String>page(run.name(), key -> value(run, key))
              .marking(key -> !value(run, key).equals(value(runs.get(0), key))));
    }
    return new Table<>(columns, keys);
  }

  private static String value(NamedRun run, String key) {
    String value = run.configuration().resolved().getOrDefault(key, ABSENT);
    return value.isEmpty() ? "(empty)" : value;
  }
}
