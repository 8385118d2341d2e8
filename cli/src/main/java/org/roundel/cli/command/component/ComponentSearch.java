package org.roundel.cli.command.component;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.text.FuzzyMatcher;

/** Finds components by a name whose kind need not be known. */
final class ComponentSearch {
  private final PluginRegistry registry;

  ComponentSearch(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Returns the components of this name, one for each kind that has it.
   *
   * @param name a name, a family's name as it is listed, or either behind its kind and a slash
   * @param kind the only kind to look at, or null for all
   * @throws RoundelException if there is none; the message says why, or what there is
   */
  List<ComponentDescriptor> find(String name, @Nullable ComponentKind kind) {
    int slash = name.indexOf('/');
    if (kind == null && slash > 0) {
      String word = name.substring(0, slash);
      ComponentKind written =
          Kinds.find(word)
              .orElseThrow(
                  () -> new RoundelException(ErrorKind.CONFIGURATION, Kinds.unknown(word)));
      return List.of(find(written, name.substring(slash + 1)));
    }
    if (kind != null) {
      return List.of(find(kind, name));
    }
    List<ComponentDescriptor> found = new ArrayList<>();
    RoundelException reason = null;
    for (ComponentKind each : ComponentKind.values()) {
      try {
        found.add(find(each, name));
      } catch (RoundelException none) {
        // A broken plugin that would offer it, or a family that nearly has it, says more than a
        // kind that never had it.
        if (none.kind() == ErrorKind.PLUGIN || registry.isOfFamily(each, name)) {
          reason = none;
        }
      }
    }
    if (!found.isEmpty()) {
      return found;
    }
    throw reason == null ? unknown(name) : reason;
  }

  private ComponentDescriptor find(ComponentKind kind, String name) {
    for (ComponentDescriptor component : registry.components()) {
      if (component.kind() == kind
          && (component.name().equals(name) || component.displayName().equals(name))) {
        return component;
      }
    }
    return registry.find(kind, name).component();
  }

  private RoundelException unknown(String name) {
    List<String> names =
        registry.components().stream().map(ComponentDescriptor::displayName).distinct().toList();
    String suggestion = FuzzyMatcher.suggestion(name, registry.namesLike(name));
    if (names.isEmpty()) {
      return new RoundelException(
          ErrorKind.CONFIGURATION,
          "there is no component "
              + MessageText.quoted(name)
              + "; no plugin offers any. See 'roundel list'");
    }
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        "there is no component "
            + MessageText.quoted(name)
            + (suggestion.isEmpty() ? "; allowed: " + String.join(", ", names) : suggestion));
  }
}
