package org.roundel.core.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunConfiguration;

/**
 * A run's configuration at its start and what is changed in the course of it, in order.
 *
 * @param start what the run is started with
 * @param changes what has another value from some place on
 */
record ConfigurationHistory(RunConfiguration start, List<ConfigurationChange> changes) {
  ConfigurationHistory {
    changes = List.copyOf(changes);
  }

  /** Returns the configuration in effect at a place of the run. */
  RunConfiguration at(RunPosition position) {
    RunConfiguration result = start;
    for (ConfigurationChange change : changes) {
      if (!position.isBefore(change.from())) {
        result = result.with(change.settings());
      }
    }
    return result;
  }

  /**
   * Returns the configurations that a checkpoint of this place may have been written with: those
   * before each change at this very place, then the one in effect.
   */
  List<RunConfiguration> until(RunPosition position) {
    List<RunConfiguration> results = new ArrayList<>();
    RunConfiguration result = start;
    for (ConfigurationChange change : changes) {
      if (change.from().equals(position)) {
        results.add(result);
      }
      if (!position.isBefore(change.from())) {
        result = result.with(change.settings());
      }
    }
    results.add(result);
    return results;
  }

  /** Returns the configuration after all changes. */
  RunConfiguration last() {
    return at(RunPosition.END);
  }

  /** Returns the configuration after all changes but the one that was made last. */
  RunConfiguration lastButOne() {
    return changes.isEmpty()
        ? start
        : new ConfigurationHistory(start, changes.subList(0, changes.size() - 1)).last();
  }

  /** Returns where the next change after a place takes effect; null if none does. */
  @Nullable RunPosition next(RunPosition position) {
    for (ConfigurationChange change : changes) {
      if (position.isBefore(change.from())) {
        return change.from();
      }
    }
    return null;
  }

  /** Returns this history with one more change, which also holds against later ones. */
  ConfigurationHistory with(ConfigurationChange change) {
    List<ConfigurationChange> earlier = new ArrayList<>();
    List<ConfigurationChange> later = new ArrayList<>();
    for (ConfigurationChange known : changes) {
      if (!change.from().isBefore(known.from())) {
        earlier.add(known);
        continue;
      }
      Map<String, String> kept = new HashMap<>(known.settings());
      kept.keySet().removeAll(change.settings().keySet());
      if (!kept.isEmpty()) {
        later.add(new ConfigurationChange(known.from(), kept));
      }
    }
    earlier.add(change);
    earlier.addAll(later);
    return new ConfigurationHistory(start, earlier);
  }
}
