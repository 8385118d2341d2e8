package org.roundel.sweep.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.roundel.core.RoundelException;
import org.roundel.core.component.ConfigurationCheck;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.sweep.cell.Cell;

/** Turns a sweep file into cells. */
public final class SweepPlan {
  private static final int NAMED = 3;

  private SweepPlan() {}

  /**
   * Returns the cells of a sweep file; nothing is written.
   *
   * @param recipes returns the settings of a recipe, by name
   * @throws RoundelException with all that is wrong: with the file, with its settings, with the
   *     components and options of every cell, with the cells' names
   */
  public static List<Cell> read(
      Path file, PluginRegistry registry, Function<String, Map<String, String>> recipes) {
    SweepProblems problems = new SweepProblems(file);
    SweepFile sweep = new SweepFileReader(file, recipes, problems).read();
    problems.throwIfAny();
    List<Map<String, String>> settings = Combinations.of(sweep, problems);
    problems.throwIfAny();
    List<String> names = CellNames.of(settings, sweep.name(), problems);
    Map<String, List<String>> refused = new LinkedHashMap<>();
    List<Cell> cells = new ArrayList<>();
    for (int index = 0; index < names.size(); index++) {
      String name = names.get(index);
      try {
        RunConfiguration checked = ConfigurationCheck.of(registry, settings.get(index));
        if (!name.isEmpty()) {
          cells.add(new Cell(name, checked));
        }
      } catch (RoundelException wrong) {
        refused
            .computeIfAbsent(String.valueOf(wrong.getMessage()), key -> new ArrayList<>())
            .add(name);
      }
    }
    refused.forEach((message, where) -> problems.add(some(where) + ": " + message));
    problems.throwIfAny();
    return cells;
  }

  /** Returns what cells are told of: all cells of a grid may have one mistake. */
  private static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED
        ? (names.size() == 1 ? "cell " : "cells ") + first
        : "cells " + first + " and " + (names.size() - NAMED) + " more";
  }
}
