package org.roundel.sweep.cell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;

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

  /**
   * Returns in words by which settings this cell differs from what is there under its name; those
   * of the machine make no difference.
   *
   * @param there what that was made with
   * @param here the word for this cell's side, as in {@code here} or {@code now}
   */
  public List<String> differences(RunConfiguration there, String here) {
    List<String> differences = new ArrayList<>();
    there
        .changesTo(configuration)
        .forEach(
            (key, value) -> {
              if (!RunSettings.isOfTheMachine(key)) {
                differences.add(
                    key
                        + " is "
                        + shown(there.text(key))
                        + " there and "
                        + shown(value)
                        + " "
                        + here);
              }
            });
    return differences;
  }

  private static String shown(@Nullable String value) {
    return value == null ? "default" : value;
  }
}
