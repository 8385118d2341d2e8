package org.roundel.core.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roundel.core.config.RunConfiguration;

/**
 * A run's configuration at its start and what is changed in the course of it, in order.
 *
 * @param start what the run is started with
 * @param changes what has another value from some place on
 */
public record ConfigurationHistory(RunConfiguration start, List<ConfigurationChange> changes) {
  public ConfigurationHistory {
    changes = List.copyOf(changes);
  }

  /** Returns the configuration in effect at a place of the run. */
  public RunConfiguration at(RunPosition position) {
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
  public RunConfiguration last() {
    return at(RunPosition.END);
  }

  /** Returns the configuration after all changes but the one that was made last. */
  RunConfiguration lastButOne() {
    return changes.isEmpty()
        ? start
        : new ConfigurationHistory(start, changes.subList(0, changes.size() - 1)).last();
  }

  /** Returns where the next change after a place takes effect; null if none does. */
  public @Nullable RunPosition next(RunPosition position) {
    for (ConfigurationChange change : changes) {
      if (position.isBefore(change.from())) {
        return change.from();
      }
    }
    return null;
  }

  /** Returns this history with other values from the start on, whatever is changed later. */
  public ConfigurationHistory startingWith(Map<String, String> settings) {
    return new ConfigurationHistory(
        start.with(settings), withoutChanges(settings.keySet()).changes());
  }

  /** Returns this history without changes of some settings. */
  ConfigurationHistory withoutChanges(Set<String> keys) {
    return withoutChangesAfter(new RunPosition(0, -1), keys);
  }

  /** Returns this history without changes of some settings behind a place. */
  ConfigurationHistory withoutChangesAfter(RunPosition place, Set<String> keys) {
    List<ConfigurationChange> results = new ArrayList<>();
    for (ConfigurationChange change : changes) {
      Map<String, String> kept = new TreeMap<>(change.settings());
      if (place.isBefore(change.from())) {
        kept.keySet().removeAll(keys);
      }
      if (!kept.isEmpty()) {
        results.add(new ConfigurationChange(change.from(), kept));
      }
    }
    return new ConfigurationHistory(start, results);
  }

  /** Returns this history with one more change, behind the others of its place. */
  ConfigurationHistory with(ConfigurationChange change) {
    List<ConfigurationChange> results = new ArrayList<>(changes);
    int place = 0;
    while (place < results.size() && !change.from().isBefore(results.get(place).from())) {
      place++;
    }
    results.add(place, change);
    return new ConfigurationHistory(start, results);
  }
}
