package org.roundel.core.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A plugin and what it offers.
 *
 * @param descriptor what is known about it
 * @param classLoader its class loader; the registry closes it if it is a plugin's own
 * @param components what it offers
 */
record LoadedPlugin(
    PluginDescriptor descriptor, ClassLoader classLoader, List<ComponentDescriptor> components) {

  static LoadedPlugin of(
      PluginDescriptor withoutComponents, ClassLoader classLoader, List<FoundComponent> found) {
    List<String> names = new ArrayList<>();
    for (FoundComponent component : found) {
      names.add(component.listedAs());
    }
    Collections.sort(names);
    PluginDescriptor descriptor =
        new PluginDescriptor(
            withoutComponents.name(),
            withoutComponents.version(),
            withoutComponents.spiVersion(),
            withoutComponents.location(),
            withoutComponents.sha256(),
            names);
    List<ComponentDescriptor> components = new ArrayList<>();
    for (FoundComponent component : found) {
      components.add(component.of(descriptor));
    }
    return new LoadedPlugin(descriptor, classLoader, List.copyOf(components));
  }
}
