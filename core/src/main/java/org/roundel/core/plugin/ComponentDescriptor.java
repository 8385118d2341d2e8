package org.roundel.core.plugin;

import java.util.List;
import java.util.Locale;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Option;

/**
 * What is known about a component, read from its factory once.
 *
 * @param kind its kind
 * @param name its name, or the family's name
 * @param description one line of help
 * @param options the options that it declares
 * @param nameOptions the options that are part of the name; empty unless it is a family
 * @param factory what makes it
 * @param plugin where it comes from
 */
public record ComponentDescriptor(
    ComponentKind kind,
    String name,
    String description,
    List<Option<?>> options,
    List<Option<Integer>> nameOptions,
    ComponentFactory factory,
    PluginDescriptor plugin) {
  /** Copies the lists. */
  public ComponentDescriptor {
    options = List.copyOf(options);
    nameOptions = List.copyOf(nameOptions);
  }

  /** Returns whether the name stands for many components, one per value of the name options. */
  public boolean isFamily() {
    return !nameOptions.isEmpty();
  }

  /**
   * Returns the name as it is listed; a family's has a placeholder per name option, as in {@code
   * net-DEPTH}.
   */
  public String displayName() {
    return withPlaceholders(name, nameOptions);
  }

  static String withPlaceholders(String name, List<Option<Integer>> nameOptions) {
    StringBuilder text = new StringBuilder(name);
    for (Option<Integer> option : nameOptions) {
      text.append('-').append(placeholder(option));
    }
    return text.toString();
  }

  /** Returns the family's member with the default values, as in {@code net-20}. */
  public String exampleName() {
    StringBuilder text = new StringBuilder(name);
    for (Option<Integer> option : nameOptions) {
      text.append('-').append(option.defaultText());
    }
    return text.toString();
  }

  static String placeholder(Option<Integer> option) {
    return option.name().toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
