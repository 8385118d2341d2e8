package org.roundel.sweep.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;
import org.roundel.api.Option;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.config.UserPath;
import org.roundel.core.config.YamlNode;

/**
 * Reads settings in a sweep file, and tells what is wrong with each where it stands. Options of
 * components are left for later: which component it is may be what the sweep varies.
 */
final class SettingsReader {
  /** As long as a path may be. */
  private static final int LONGEST = 4096;

  private final SweepProblems problems;

  SettingsReader(SweepProblems problems) {
    this.problems = problems;
  }

  /**
   * Reads a map of settings.
   *
   * @param what it is, for messages
   */
  Map<String, String> settings(YamlNode node, String what) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (!(node instanceof YamlNode.Mapping map)) {
      problems.add(
          node.line(), what + " is no map; write it as 'quantizer: none', one setting a line");
      return settings;
    }
    map.entries()
        .forEach(
            (key, entry) -> {
              boolean known = isKnown(key, entry.line());
              String text = text(key, entry.value());
              if (known && text != null && isAllowed(key, text, entry.line())) {
                settings.put(key, text);
              }
            });
    return settings;
  }

  /** Reads a map from settings to lists of their values. */
  Map<String, List<String>> grid(YamlNode node) {
    Map<String, List<String>> grid = new LinkedHashMap<>();
    if (!(node instanceof YamlNode.Mapping map)) {
      problems.add(
          node.line(), "grid is no map; write it as 'quantizer: [none, binary-connect]' below it");
      return grid;
    }
    map.entries()
        .forEach(
            (key, entry) -> {
              List<String> values = values(key, entry.value());
              if (isKnown(key, entry.line()) && !values.isEmpty()) {
                grid.put(key, values);
              }
            });
    return grid;
  }

  private List<String> values(String key, YamlNode node) {
    List<String> values = new ArrayList<>();
    if (!(node instanceof YamlNode.Sequence list) || list.elements().isEmpty()) {
      problems.add(
          node.line(),
          "grid: "
              + MessageText.quoted(key)
              + " needs a list of values, as in [a, b]; what has one value belongs in base");
      return values;
    }
    if (list.elements().size() > Combinations.MOST) {
      problems.add(
          node.line(),
          String.format(
              Locale.ROOT,
              "grid: %s has %s values; allowed: at most %s",
              MessageText.quoted(key),
              list.elements().size(),
              Combinations.MOST));
      return values;
    }
    Set<Object> seen = new HashSet<>();
    for (YamlNode element : list.elements()) {
      String text = text(key, element);
      if (text == null || !isAllowed(key, text, element.line())) {
        continue;
      }
      if (!seen.add(RunConfiguration.meaning(text))) {
        problems.add(
            element.line(),
            "grid: " + MessageText.quoted(key) + " has " + MessageText.quoted(text) + " twice");
      }
      values.add(text);
    }
    return values;
  }

  private boolean isKnown(String key, int line) {
    if (RunSettings.find(key) != null || RunSettings.componentOf(key) != null) {
      return true;
    }
    problems.addUnknown(line, key, RunSettings.names());
    return false;
  }

  /** Returns a value as the command line has it; null if it is none. */
  private @Nullable String text(String key, YamlNode value) {
    if (value instanceof YamlNode.Text text) {
      return bounded(key, value, text.text());
    }
    List<String> elements = new ArrayList<>();
    if (value instanceof YamlNode.Sequence list) {
      for (YamlNode element : list.elements()) {
        if (element instanceof YamlNode.Text text) {
          elements.add(text.text());
        }
      }
      if (elements.size() == list.elements().size()) {
        return bounded(key, value, String.join(",", elements));
      }
    }
    problems.add(
        value.line(), MessageText.quoted(key) + " is neither a text or number nor a list of such");
    return null;
  }

  /** Every cell has it, and most of it may come into each cell's name. */
  private @Nullable String bounded(String key, YamlNode value, String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    problems.add(
        value.line(),
        String.format(
            Locale.ROOT,
            "%s has %s characters; allowed: at most %s",
            MessageText.quoted(key),
            text.length(),
            LONGEST));
    return null;
  }

  private boolean isAllowed(String key, String text, int line) {
    Option<?> setting = RunSettings.find(key);
    if (setting == null) {
      return true;
    }
    try {
      setting.parse(text);
      if (RunSettings.PATHS.contains(setting)) {
        UserPath.of(text);
      }
      return true;
    } catch (InvalidInputException invalid) {
      problems.add(line, key + ": " + invalid.getMessage());
      return false;
    }
  }
}
