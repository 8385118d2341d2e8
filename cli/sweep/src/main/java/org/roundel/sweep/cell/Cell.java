package org.roundel.sweep.cell;

import org.roundel.core.config.RunConfiguration;

/**
 * One training of an experiment.
 *
 * @param name the name of its run directory: lower-case letters, digits, dots and hyphens
 * @param configuration what it trains
 */
public record Cell(String name, RunConfiguration configuration) {
  /** Checks the name. */
  public Cell {
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,199}")) {
      throw new IllegalArgumentException("cell name '" + name + "'");
    }
  }
}
