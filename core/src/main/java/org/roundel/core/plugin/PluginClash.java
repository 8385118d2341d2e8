package org.roundel.core.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.core.plugin.failure.PluginFailure;

/**
 * What keeps plugins from being used beside one another.
 *
 * @param plugins the plugins, at least one
 * @param failure what to tell the user
 */
public record PluginClash(List<PluginDescriptor> plugins, PluginFailure failure) {
  /** Copies the list. */
  public PluginClash {
    plugins = List.copyOf(plugins);
  }

  /**
   * Finds plugins that are one plugin in two versions: entered through one class, and with a
   * component in common. Plugins with an entry class of the same name that have nothing in common
   * do not disturb each other: each has its own class of that name.
   */
  static List<PluginClash> ofVersions(List<LoadedPlugin> plugins) {
    List<List<LoadedPlugin>> groups = new ArrayList<>();
    for (LoadedPlugin plugin : plugins) {
      List<LoadedPlugin> group = null;
      for (List<LoadedPlugin> known : groups) {
        if (group == null && known.stream().anyMatch(plugin::isVersionOf)) {
          group = known;
        }
      }
      if (group == null) {
        group = new ArrayList<>();
        groups.add(group);
      }
      group.add(plugin);
    }
    List<PluginClash> clashes = new ArrayList<>();
    for (List<LoadedPlugin> group : groups) {
      if (group.size() > 1) {
        clashes.add(ofGroup(group));
      }
    }
    return clashes;
  }

  private static PluginClash ofGroup(List<LoadedPlugin> group) {
    LoadedPlugin first = group.get(0);
    List<PluginDescriptor> descriptors = new ArrayList<>();
    List<String> versions = new ArrayList<>();
    boolean copies = true;
    for (LoadedPlugin plugin : group) {
      PluginDescriptor descriptor = plugin.descriptor();
      descriptors.add(descriptor);
      versions.add(descriptor.version() + " in " + descriptor.location());
      copies &= plugin.hasBytesOf(first);
    }
    boolean two = group.size() == 2;
    return new PluginClash(
        descriptors,
        new PluginFailure(
            first.descriptor().location(),
            first.entryClasses().get(0),
            null,
            String.format(
                Locale.ROOT,
                "%s%s of one plugin are in the plugins directory: %s",
                two ? "two" : Integer.toString(group.size()),
                copies ? " copies" : " versions",
                String.join(" and ", versions)),
            null,
            (two ? "Neither" : "None of them") + " is used: remove all but one."));
  }
}
