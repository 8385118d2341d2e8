package org.roundel.cli.docs;

import org.roundel.api.Option;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginRegistry;

/** Renders docs/configuration.md from what the program and its plugins declare. */
final class ConfigurationReference {
  private static final String HEAD =
      """
      # Configuration reference

      Made from what the program and its plugins declare; a test checks it. Every setting is an option of `roundel train` (`--epochs 20`) and
      a line of a configuration file (`epochs: 20`, lists as `[82, 122]`); options of components are lines such as `quantizer.delta: 0.25`, or
      `--set quantizer.delta=0.25`. What is given later wins: defaults, file (`--config`, `--from`, `--recipe`), options, `--set`. All mistakes are
      reported at once: settings, keys, components and their options; a key that nothing reads is a mistake.

      ## Configuration files

      A configuration file is one flat YAML map in UTF-8, of at most 1 MiB. A value is the text that stands there, as it would be behind `--set`:
      `seed: 010` is 10, `yes` and `~` are these texts; the types that YAML itself gives to values do not exist here. Text that begins with a
      character that means something to YAML stands in quotes: `quantize: '*weight'`. A second document, a key that stands twice, a map as a
      value, aliases (`*w`), anchors (`&w`) and types (`!!int`) are refused with their line. A path is never empty, here or on the command line:
      leave `data-dir`, `init-from` and `teacher` out if there is nothing to say.

      ## Settings of a run

      | key | type | allowed | default | meaning |
      |---|---|---|---|---|
      """;

  private ConfigurationReference() {}

  static String render(PluginRegistry registry) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Option<?> setting : RunSettings.ALL) {
      row(page, setting.name(), setting);
    }
    page.append("\n## Components and their options\n");
    for (ComponentDescriptor component : registry.components()) {
      page.append("\n### ")
          .append(component.kind())
          .append(" `")
          .append(component.displayName())
          .append("`\n\n");
      page.append(component.description()).append("\n");
      if (component.options().isEmpty() && component.nameOptions().isEmpty()) {
        continue;
      }
      page.append("\n| key | type | allowed | default | meaning |\n|---|---|---|---|---|\n");
      for (Option<?> option : component.nameOptions()) {
        row(page, "in the name: " + option.name(), option);
      }
      for (Option<?> option : component.options()) {
        row(page, component.kind() + "." + option.name(), option);
      }
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String key, Option<?> option) {
    page.append("| `")
        .append(key)
        .append("` | ")
        .append(option.type())
        .append(" | ")
        .append(isPath(option) ? "a path" : cell(option.range()));
    page.append(" | ").append(defaultText(option));
    page.append(" | ").append(cell(option.help())).append(" |\n");
  }

  private static String defaultText(Option<?> option) {
    if (option.defaultText().isEmpty()) {
      return isPath(option) ? "none" : "empty";
    }
    return "`" + option.defaultText() + "`";
  }

  private static boolean isPath(Option<?> option) {
    return RunSettings.PATHS.stream().anyMatch(path -> path == option);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("*", "\\*");
  }
}
