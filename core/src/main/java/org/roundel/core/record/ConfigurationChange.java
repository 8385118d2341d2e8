package org.roundel.core.record;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings that have other values from some place of a run on.
 *
 * @param from where they take effect
 * @param settings their values from there on, by name
 */
record ConfigurationChange(RunPosition from, Map<String, String> settings) {
  ConfigurationChange {
    settings = new TreeMap<>(settings);
  }
}
