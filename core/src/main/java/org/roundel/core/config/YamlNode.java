package org.roundel.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a YAML file: a text, a list or a map. What else YAML has is refused on reading. */
public sealed interface YamlNode {
  /** Returns the line that it begins on, counted from 1. */
  int line();

  /**
   * A scalar, which is its characters.
   *
   * @param text as it stands there, without quotes
   */
  record Text(String text, int line) implements YamlNode {}

  /** A list. */
  record Sequence(List<YamlNode> elements, int line) implements YamlNode {
    /** Copies the list. */
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /**
   * A map.
   *
   * @param entries by key, in the file's order
   */
  record Mapping(Map<String, Entry> entries, int line) implements YamlNode {
    /** Copies the map. */
    public Mapping {
      entries = new LinkedHashMap<>(entries);
    }
  }

  /**
   * What stands behind a key.
   *
   * @param line of the key
   */
  record Entry(int line, YamlNode value) {}
}
