package org.roundel.core.plugin;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * A plugin and what it offers.
 *
 * @param descriptor what is known about it
 * @param entryClasses the names of the classes through which it is entered; empty for plugins that
 *     are classes of the application
 * @param classLoader its class loader
 * @param components what it offers
 */
public record LoadedPlugin(
    PluginDescriptor descriptor,
    List<String> entryClasses,
    ClassLoader classLoader,
    List<ComponentDescriptor> components) {

  public static LoadedPlugin of(
      PluginDescriptor withoutComponents,
      List<String> entryClasses,
      ClassLoader classLoader,
      List<FoundComponent> found) {
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
            withoutComponents.jars(),
            names);
    List<ComponentDescriptor> components = new ArrayList<>();
    for (FoundComponent component : found) {
      components.add(component.of(descriptor));
    }
    return new LoadedPlugin(
        descriptor, List.copyOf(entryClasses), classLoader, List.copyOf(components));
  }

  /** Returns whether both are entered through one class and have a component in common. */
  boolean isVersionOf(LoadedPlugin other) {
    return !Collections.disjoint(entryClasses, other.entryClasses)
        && !Collections.disjoint(descriptor.components(), other.descriptor.components());
  }

  /** Returns whether both consist of the same JARs, whatever those are called. */
  boolean hasBytesOf(LoadedPlugin other) {
    return new HashSet<>(descriptor.sha256().values())
        .equals(new HashSet<>(other.descriptor.sha256().values()));
  }

  /** Closes the class loader, unless it is the application's. */
  void close() throws IOException {
    if (!entryClasses.isEmpty() && classLoader instanceof Closeable own) {
      own.close();
    }
  }
}
