package org.roundel.sweep.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep file says.
 *
 * @param base settings of every cell, as text by key
 * @param grid values by key; every combination is a cell
 * @param list settings that win over the base, each joined with all of the grid; one empty map if
 *     there is no list
 * @param seeds of every combination; empty for the base's
 * @param exclusions settings; cells that have all of one are none
 * @param name how cells are named, with settings in braces; empty for the settings that vary
 */
public record SweepFile(
    Map<String, String> base,
    Map<String, List<String>> grid,
    List<Map<String, String>> list,
    List<String> seeds,
    List<Exclusion> exclusions,
    String name) {
  /** Copies everything. */
  public SweepFile {
    base = new LinkedHashMap<>(base);
    grid = new LinkedHashMap<>(grid);
    list = List.copyOf(list);
    seeds = List.copyOf(seeds);
    exclusions = List.copyOf(exclusions);
  }

  /**
   * Cells that are left out.
   *
   * @param line where that stands
   * @param settings all of which a cell has
   */
  public record Exclusion(int line, Map<String, String> settings) {}
}
