package org.roundel.core.plugin;

import java.util.List;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Option;

/** What a factory says of itself, checked; becomes a descriptor once its plugin's is complete. */
record FoundComponent(
    ComponentKind kind,
    String name,
    String description,
    List<Option<?>> options,
    List<Option<Integer>> nameOptions,
    ComponentFactory factory) {
  String listedAs() {
    return kind.word() + " " + ComponentDescriptor.withPlaceholders(name, nameOptions);
  }

  ComponentDescriptor of(PluginDescriptor plugin) {
    return new ComponentDescriptor(kind, name, description, options, nameOptions, factory, plugin);
  }
}
