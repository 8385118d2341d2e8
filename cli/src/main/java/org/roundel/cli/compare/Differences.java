package org.roundel.cli.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the runs' configurations do not have in common. */
final class Differences {
  private static final String ABSENT = "(default)";

  private Differences() {}

  /** Returns a row for each key that differs: the key, then each run's value. */
  static List<List<String>> rows(List<NamedRun> runs) {
    List<Map<String, String>> values =
        runs.stream().map(run -> run.record().configuration().resolved()).toList();
    Set<String> keys = new LinkedHashSet<>();
    values.forEach(each -> keys.addAll(each.keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      List<String> row = new ArrayList<>(List.of(key));
      values.forEach(each -> row.add(shown(each.getOrDefault(key, ABSENT))));
      if (new LinkedHashSet<>(row.subList(1, row.size())).size() > 1) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(empty)" : value;
  }
}
