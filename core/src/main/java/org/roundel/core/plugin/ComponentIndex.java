package org.roundel.core.plugin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;
import org.roundel.api.Option;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.failure.PluginFailure;

/** Looks components up by name, members of families included. Immutable. */
public final class ComponentIndex {
  /** How far around a value that a family does not have to look for ones that it has. */
  private static final int NEIGHBOURHOOD = 64;

  /**
   * A component, and the values that its name contained.
   *
   * @param component the component
   * @param nameValues values as text by option name
   */
  record Match(ComponentDescriptor component, Map<String, String> nameValues) {}

  private record Key(ComponentKind kind, String name) {}

  private final Map<Key, List<ComponentDescriptor>> byName = new LinkedHashMap<>();
  private final List<ComponentDescriptor> selectable = new ArrayList<>();
  private final List<PluginClash> clashes = new ArrayList<>();
  private final List<PluginFailure> failures;
  private final Map<PluginDescriptor, PluginFailure> refused = new LinkedHashMap<>();

  /**
   * Makes an index.
   *
   * @param offered what the plugins offer
   * @param failures what could not be loaded
   * @param versions plugins in more than one version; none of their components can be selected
   */
  ComponentIndex(
      List<ComponentDescriptor> offered, List<PluginFailure> failures, List<PluginClash> versions) {
    this.failures = List.copyOf(failures);
    for (PluginClash clash : versions) {
      clash.plugins().forEach(plugin -> refused.put(plugin, clash.failure()));
    }
    for (ComponentDescriptor component : offered) {
      byName
          .computeIfAbsent(new Key(component.kind(), component.name()), key -> new ArrayList<>())
          .add(component);
    }
    for (List<ComponentDescriptor> owners : byName.values()) {
      if (clash(owners)) {
        clashes.add(clashOf(owners));
      } else if (!refused.containsKey(owners.get(0).plugin())) {
        selectable.addAll(owners);
      }
    }
    selectable.sort(
        Comparator.comparing(ComponentDescriptor::kind)
            .thenComparing(ComponentDescriptor::displayName));
  }

  /** Returns the components that can be selected, sorted by kind and name. */
  List<ComponentDescriptor> selectable() {
    return List.copyOf(selectable);
  }

  /** Returns the names that are offered more than once, but for those of versions of one plugin. */
  List<PluginClash> clashes() {
    return List.copyOf(clashes);
  }

  Match find(ComponentKind kind, String wanted) {
    for (ComponentDescriptor component : named(kind, wanted)) {
      if (!component.isFamily()) {
        return new Match(unique(component), Map.of());
      }
    }
    ComponentDescriptor family = family(kind, wanted);
    if (family != null) {
      return new Match(unique(family), nameValues(family, wanted));
    }
    throw UnknownComponent.of(kind, wanted, selectable, failures);
  }

  private List<ComponentDescriptor> named(ComponentKind kind, String name) {
    return byName.getOrDefault(new Key(kind, name), List.of());
  }

  private ComponentDescriptor unique(ComponentDescriptor component) {
    List<ComponentDescriptor> owners = named(component.kind(), component.name());
    if (clash(owners)) {
      throw new RoundelException(ErrorKind.PLUGIN, clashOf(owners).failure().message());
    }
    PluginFailure why = refused.get(component.plugin());
    if (why != null) {
      throw new RoundelException(ErrorKind.PLUGIN, why.message());
    }
    return component;
  }

  /** Returns whether a name has several owners that are not just versions of one plugin. */
  private boolean clash(List<ComponentDescriptor> owners) {
    PluginFailure ofFirst = refused.get(owners.get(0).plugin());
    for (ComponentDescriptor owner : owners.subList(1, owners.size())) {
      if (ofFirst == null || !Objects.equals(ofFirst, refused.get(owner.plugin()))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the family with the longest name that the wanted name has the form of. */
  private @Nullable ComponentDescriptor family(ComponentKind kind, String wanted) {
    ComponentDescriptor longest = null;
    for (List<ComponentDescriptor> owners : byName.values()) {
      for (ComponentDescriptor component : owners) {
        if (component.kind() == kind
            && component.isFamily()
            && hasFormOf(component, wanted)
            && (longest == null || component.name().length() > longest.name().length())) {
          longest = component;
        }
      }
    }
    return longest;
  }

  private static boolean hasFormOf(ComponentDescriptor family, String wanted) {
    return wanted.startsWith(family.name())
        && wanted
            .substring(family.name().length())
            .matches("(-[0-9]+){" + family.nameOptions().size() + "}");
  }

  /** Returns whether a name has the form of a family's members, whatever its numbers. */
  boolean isOfFamily(ComponentKind kind, String name) {
    return family(kind, name) != null;
  }

  /** Returns whether a family has a member of this name. */
  public static boolean hasMember(ComponentDescriptor family, String name) {
    if (!hasFormOf(family, name)) {
      return false;
    }
    try {
      return !nameValues(family, name).isEmpty();
    } catch (RoundelException noSuchMember) {
      return false;
    }
  }

  private static Map<String, String> nameValues(ComponentDescriptor family, String wanted) {
    String[] texts = wanted.substring(family.name().length() + 1).split("-", -1);
    Map<String, String> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (int position = 0; position < texts.length; position++) {
      Option<Integer> option = family.nameOptions().get(position);
      String text = texts[position];
      try {
        String canonical = Integer.toString(option.parse(text));
        if (!canonical.equals(text)) {
          problems.add(
              String.format(
                  Locale.ROOT,
                  "%s %s is to be written '%s'",
                  option.name(),
                  MessageText.quoted(text),
                  canonical));
        }
        values.put(option.name(), canonical);
      } catch (InvalidInputException invalid) {
        problems.add(option.name() + " " + invalid.getMessage() + neighbours(option, text));
      }
    }
    if (!problems.isEmpty()) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "there is no %s %s in the family %s: %s",
              family.kind(),
              MessageText.quoted(wanted),
              family.displayName(),
              String.join("; ", problems)));
    }
    return values;
  }

  private static String neighbours(Option<Integer> option, String text) {
    if (text.length() > 9) {
      return "";
    }
    int wanted = Integer.parseInt(text);
    List<String> near = new ArrayList<>();
    for (int direction = -1; direction <= 1; direction += 2) {
      for (int distance = 1; distance <= NEIGHBOURHOOD; distance++) {
        String candidate = Integer.toString(wanted + direction * distance);
        if (allows(option, candidate)) {
          near.add(candidate);
          break;
        }
      }
    }
    return near.isEmpty() ? "" : "; nearest: " + String.join(" and ", near);
  }

  private static boolean allows(Option<Integer> option, String text) {
    try {
      option.parse(text);
      return true;
    } catch (InvalidInputException notAllowed) {
      return false;
    }
  }

  private static PluginClash clashOf(List<ComponentDescriptor> owners) {
    ComponentDescriptor first = owners.get(0);
    List<PluginDescriptor> plugins = new ArrayList<>();
    List<String> places = new ArrayList<>();
    boolean onePlugin = true;
    for (ComponentDescriptor owner : owners) {
      onePlugin &= owner.plugin().equals(first.plugin());
      plugins.add(owner.plugin());
      places.add(
          "class " + owner.factory().getClass().getName() + " in " + owner.plugin().location());
    }
    return new PluginClash(
        plugins,
        new PluginFailure(
            first.plugin().location(),
            first.factory().getClass().getName(),
            first.name(),
            String.format(
                Locale.ROOT,
                "%s '%s' is offered more than once: by %s",
                first.kind(),
                first.name(),
                String.join(" and by ", places)),
            null,
            onePlugin
                ? "None of them is used: rename all but one and build the plugin again."
                : "None of them is used: remove all but one of these plugins."));
  }
}
