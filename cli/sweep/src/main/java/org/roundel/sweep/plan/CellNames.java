package org.roundel.sweep.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.roundel.api.Option;
import org.roundel.core.config.RunSettings;

/** Names cells by a template, or by the settings that vary among them. */
final class CellNames {
  private static final int LONGEST = 100;

  private CellNames() {}

  /** Returns the names, in the order of the cells; what is wrong is added to the problems. */
  static List<String> of(List<Map<String, String>> cells, String template, SweepProblems problems) {
    List<String> varying = varying(cells);
    List<String> names = new ArrayList<>();
    Map<String, Map<String, String>> seen = new HashMap<>();
    for (Map<String, String> cell : cells) {
      Map<String, String> all = withDefaults(cell);
      String name =
          template.isEmpty()
              ? NameTemplate.plain(ofVarying(all, varying))
              : new NameTemplate(template).name(all);
      names.add(name);
      if (name.isEmpty() || name.length() > LONGEST) {
        problems.add(
            "a cell would be named '"
                + name
                + "'; allowed: 1 to "
                + LONGEST
                + " characters; give a name, as in name: '{quantizer}-{seed}'");
      }
      Map<String, String> earlier = seen.putIfAbsent(name, cell);
      if (earlier != null) {
        problems.add(collision(name, earlier, cell, varying));
      }
    }
    return names;
  }

  private static String collision(
      String name, Map<String, String> one, Map<String, String> other, List<String> varying) {
    StringJoiner differences = new StringJoiner("; ");
    for (String key : varying) {
      String here = Combinations.value(one, key);
      String there = Combinations.value(other, key);
      if (!here.equals(there)) {
        differences.add(key + " is " + shown(here) + " in one and " + shown(there) + " in another");
      }
    }
    return differences.length() == 0
        ? "two cells are the same: " + name + "; take one of them out"
        : "two cells have the name " + name + ": " + differences + "; give them other names";
  }

  private static String shown(String value) {
    return value.isEmpty() ? "default" : value;
  }

  private static Map<String, String> withDefaults(Map<String, String> cell) {
    Map<String, String> all = new LinkedHashMap<>();
    for (Option<?> setting : RunSettings.ALL) {
      all.put(setting.name(), setting.defaultText());
    }
    all.putAll(cell);
    return all;
  }

  /** Returns the keys of which not all cells have one value: components, other keys, the seed. */
  private static List<String> varying(List<Map<String, String>> cells) {
    Set<String> keys = new LinkedHashSet<>();
    RunSettings.COMPONENTS.forEach(component -> keys.add(component.name()));
    cells.forEach(cell -> keys.addAll(cell.keySet()));
    keys.remove(RunSettings.SEED.name());
    keys.add(RunSettings.SEED.name());
    return keys.stream()
        .filter(
            key -> cells.stream().map(cell -> Combinations.value(cell, key)).distinct().count() > 1)
        .toList();
  }

  private static String ofVarying(Map<String, String> cell, List<String> varying) {
    StringJoiner name = new StringJoiner("-");
    for (String key : varying) {
      String value = cell.getOrDefault(key, "");
      boolean component = RunSettings.COMPONENTS.stream().anyMatch(each -> each.name().equals(key));
      if (component) {
        name.add(value);
      } else if (!value.isEmpty()) {
        name.add(key.replace('.', '-') + "-" + value);
      }
    }
    if (name.length() == 0) {
      name.add(cell.getOrDefault(RunSettings.MODEL.name(), ""));
      name.add(cell.getOrDefault(RunSettings.QUANTIZER.name(), ""));
    }
    return name.toString();
  }
}
