package org.roundel.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Option;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.plugin.failure.Explanation;
import org.roundel.core.plugin.failure.PluginFailure;

/**
 * Asks a plugin's entry points what they offer, and trusts none of the answers. What is wrong with
 * one component, or with one kind, does not touch the others.
 */
public final class ComponentFinder {
  private static final Pattern NAME = Pattern.compile(ComponentFactory.NAME_PATTERN);

  private final Path location;
  private final List<FoundComponent> components = new ArrayList<>();
  private final List<PluginFailure> failures = new ArrayList<>();

  public ComponentFinder(Path location) {
    this.location = location;
  }

  public List<FoundComponent> components() {
    return components;
  }

  public List<PluginFailure> failures() {
    return failures;
  }

  /** Collects what one entry point offers. */
  public void find(RoundelPlugin plugin) {
    for (ComponentKind kind : ComponentKind.values()) {
      find(plugin, kind);
    }
  }

  private void find(RoundelPlugin plugin, ComponentKind kind) {
    String className = plugin.getClass().getName();
    String method = kind.methodName() + "() of class " + className;
    List<@Nullable ComponentFactory> factories = new ArrayList<>();
    try {
      List<? extends @Nullable ComponentFactory> listed = kind.list(plugin);
      if (listed == null) {
        fail(className, null, method + " returned null", "Return a list; it may be empty.");
        return;
      }
      factories.addAll(listed);
    } catch (Throwable thrown) {
      fail(className, null, method + " failed", thrown);
      return;
    }
    for (ComponentFactory factory : factories) {
      if (!kind.factoryType().isInstance(factory)) {
        String found = factory == null ? "null" : "an object of " + factory.getClass().getName();
        fail(
            className,
            null,
            method + " lists " + found,
            "Every element must be a " + kind.factoryType().getSimpleName() + ".");
      } else {
        inspect(kind, factory);
      }
    }
  }

  private void inspect(ComponentKind kind, ComponentFactory factory) {
    String className = factory.getClass().getName();
    String name = null;
    try {
      name = factory.name();
      FoundComponent component =
          new FoundComponent(
              kind, name, factory.description(), factory.options(), factory.nameOptions(), factory);
      String problem = problem(component);
      if (problem == null) {
        components.add(component);
      } else {
        fail(
            className,
            name,
            kind + " '" + name + "' of class " + className + " has " + problem,
            "Correct the class and build the plugin again.");
      }
    } catch (Throwable thrown) {
      String which = name == null ? "" : " '" + name + "'";
      fail(
          className,
          name,
          "the " + kind + which + " of class " + className + " failed to describe itself",
          thrown);
    }
  }

  /** Checks what the type system cannot promise of a plugin compiled elsewhere. */
  private static @Nullable String problem(FoundComponent component) {
    if (component.name() == null || !NAME.matcher(component.name()).matches()) {
      return "an invalid name; allowed: " + ComponentFactory.NAME_PATTERN;
    }
    if (component.description() == null || component.description().isBlank()) {
      return "no description; one line of help is required";
    }
    if (component.options() == null || component.nameOptions() == null) {
      return "null for a list of options; an empty list says that there are none";
    }
    List<Option<?>> all = new ArrayList<>(component.options());
    all.addAll(component.nameOptions());
    Set<String> names = new HashSet<>();
    for (Option<?> option : all) {
      if (option == null) {
        return "null among its options";
      }
      if (!names.add(option.name())) {
        return "two options named '" + option.name() + "'";
      }
    }
    return null;
  }

  /** Records that an entry point or a component threw. */
  public void fail(String className, @Nullable String component, String what, Throwable thrown) {
    VirtualMachineError exhaustion = Explanation.exhaustion(thrown);
    if (exhaustion != null) {
      throw exhaustion;
    }
    Explanation explanation = Explanation.of(thrown);
    failures.add(
        new PluginFailure(
            location,
            className,
            component,
            what + ": " + explanation.reason(),
            thrown,
            explanation.hint()));
  }

  /** Records that an entry point or a component broke the contract. */
  public void fail(
      @Nullable String className, @Nullable String component, String what, String hint) {
    failures.add(new PluginFailure(location, className, component, what, null, hint));
  }
}
