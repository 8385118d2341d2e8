package org.roundel.cli.completion;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.roundel.api.Option;
import org.roundel.cli.recipe.Recipes;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginRegistry;

/** The names that plugins offer and of recipes, and the keys that {@code --set} takes. */
final class ComponentTables {
  private final Map<ComponentKind, List<ComponentDescriptor>> components =
      new EnumMap<>(ComponentKind.class);

  private final Recipes recipes;

  ComponentTables(PluginRegistry registry, Recipes recipes) {
    this.recipes = recipes;
    for (ComponentKind kind : ComponentKind.values()) {
      components.put(kind, new ArrayList<>());
    }
    for (ComponentDescriptor component : registry.components()) {
      components.get(component.kind()).add(component);
    }
  }

  /** Returns the functions that tell of them. */
  String text() {
    CaseTable names = new CaseTable("lines_of", ":");
    CaseTable keys = new CaseTable("keys", ":");
    TreeSet<String> all = new TreeSet<>();
    components.forEach(
        (kind, some) -> {
          List<String> lines =
              some.stream()
                  .map(one -> CaseTable.candidate(one.exampleName(), one.description()))
                  .toList();
          all.addAll(lines);
          if (!lines.isEmpty()) {
            names.put(kind.word(), CaseTable.lines(lines));
            keys.put(kind.word(), keys(kind, some));
          }
        });
    all.addAll(recipes.names());
    names.put("component", CaseTable.lines(List.copyOf(all)));
    List<String> settings = new ArrayList<>();
    for (Option<?> setting : RunSettings.ALL) {
      settings.add(CaseTable.candidate(setting.name() + "=", setting.help()));
    }
    names.put("setting", CaseTable.lines(settings));
    if (!recipes.names().isEmpty()) {
      names.put("recipe", CaseTable.lines(recipes.names()));
    }
    return names.text() + keys.text();
  }

  /** Returns the options of the component that was chosen on the line, or else of all. */
  private static String keys(ComponentKind kind, List<ComponentDescriptor> components) {
    StringBuilder text = new StringBuilder(":");
    for (ComponentDescriptor component : components) {
      if (component.options().isEmpty()) {
        continue;
      }
      List<String> lines = new ArrayList<>();
      for (Option<?> option : component.options()) {
        String key = kind.word() + "." + option.name() + "=";
        lines.add(CaseTable.candidate(key, option.help()));
      }
      String pattern = component.name() + (component.isFamily() ? "-*" : "");
      text.append("\n      case ${chosen_")
          .append(kind.word())
          .append(":-")
          .append(component.exampleName())
          .append("} in ")
          .append(pattern)
          .append(") ")
          .append(CaseTable.lines(lines))
          .append(" ;; esac");
    }
    return text.toString();
  }
}
