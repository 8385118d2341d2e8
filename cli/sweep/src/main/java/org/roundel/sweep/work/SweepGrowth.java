package org.roundel.sweep.work;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.roundel.core.config.ConfigurationProblems;
import org.roundel.core.config.RunSettings;
import org.roundel.sweep.cell.Cell;

/**
 * What a sweep is to become: the cells that are there, which stay as they are, and new ones.
 *
 * @param cells all, those that are there in their places
 * @param added how many are new
 */
public record SweepGrowth(List<Cell> cells, int added) {
  /**
   * Compares cells that are there with cells that are wanted. Cells are the same if their settings
   * are, whatever the names: which settings make up a name may change as a sweep grows.
   *
   * @param all whether cells that are there and not wanted are refused
   * @throws org.roundel.core.RoundelException if a cell would change, or is no longer wanted
   */
  public static SweepGrowth of(List<Cell> there, List<Cell> wanted, boolean all) {
    ConfigurationProblems problems = new ConfigurationProblems("the sweep");
    Map<String, Cell> byName = new LinkedHashMap<>();
    there.forEach(cell -> byName.put(cell.name(), cell));
    Map<String, Cell> left = new LinkedHashMap<>(byName);
    List<Cell> renamed = new ArrayList<>();
    for (Cell cell : wanted) {
      Cell same = left.get(cell.name());
      if (same != null && settings(same).equals(settings(cell))) {
        left.remove(same.name());
      } else {
        renamed.add(cell);
      }
    }
    // Cells that differ by what is of the machine have the same settings; each is found once.
    Map<Map<String, String>, Deque<Cell>> bySettings = new LinkedHashMap<>();
    left.values()
        .forEach(
            cell ->
                bySettings.computeIfAbsent(settings(cell), none -> new ArrayDeque<>()).add(cell));
    List<Cell> added = new ArrayList<>();
    List<Cell> unmatched = new ArrayList<>();
    for (Cell cell : renamed) {
      Deque<Cell> same = bySettings.get(settings(cell));
      if (same == null || same.isEmpty()) {
        unmatched.add(cell);
      } else {
        left.remove(same.remove().name());
      }
    }
    for (Cell cell : unmatched) {
      Cell other = byName.get(cell.name());
      if (other == null) {
        added.add(cell);
      } else {
        left.remove(cell.name());
        problems.add(change(other, cell));
      }
    }
    if (all) {
      left.keySet()
          .forEach(
              name ->
                  problems.add(
                      "the cell "
                          + name
                          + " is there and no longer in the file; a sweep only grows: put it back"
                          + " into the file, or choose another directory"));
    }
    problems.throwIfAny();
    List<Cell> cells = new ArrayList<>(there);
    cells.addAll(added);
    return new SweepGrowth(List.copyOf(cells), added.size());
  }

  /** What runs on another machine or with another number of threads is the same cell. */
  private static Map<String, String> settings(Cell cell) {
    Map<String, String> settings = new LinkedHashMap<>(cell.configuration().resolved());
    settings.keySet().removeIf(RunSettings::isOfTheMachine);
    settings.replaceAll((key, value) -> canonical(value));
    return settings;
  }

  /** {@code 1e-3} and {@code 0.001} are one value. */
  private static String canonical(String value) {
    try {
      return new BigDecimal(value).stripTrailingZeros().toString();
    } catch (NumberFormatException text) {
      return value;
    }
  }

  private static String change(Cell there, Cell wanted) {
    return String.format(
        Locale.ROOT,
        "the cell %s would change: %s; give cells other names, or choose another directory",
        there.name(),
        String.join("; ", wanted.differences(there.configuration(), "now")));
  }
}
