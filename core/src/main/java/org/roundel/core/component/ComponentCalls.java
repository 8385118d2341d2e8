package org.roundel.core.component;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.core.plugin.ComponentKind;

/**
 * Which component of a run is being called, so that it runs with its own plugin's class loader as
 * the context class loader, and a failure can be told with its name; and whether the weights are
 * whole. Used by one thread.
 */
public final class ComponentCalls {
  private final Map<ComponentKind, ClassLoader> classLoaders;
  private @Nullable ComponentKind current;
  private boolean updating;

  /**
   * Makes one for a run.
   *
   * @param classLoaders the class loaders of the components' plugins
   */
  public ComponentCalls(Map<ComponentKind, ClassLoader> classLoaders) {
    this.classLoaders = new EnumMap<>(ComponentKind.class);
    this.classLoaders.putAll(classLoaders);
  }

  /** Says that a component of this kind is called from here on. */
  public void enter(ComponentKind kind) {
    current = kind;
    Thread.currentThread().setContextClassLoader(classLoaders.get(kind));
  }

  /** Says that no component is being called. Whoever runs the training puts the loader back. */
  public void leave() {
    current = null;
  }

  /** Returns the kind of component that is being called, or was when it failed; null if none. */
  public @Nullable ComponentKind current() {
    return current;
  }

  /** Says that an update of the weights begins. */
  public void updateBegins() {
    updating = true;
  }

  /** Says that all weights have been updated. */
  public void updateEnds() {
    updating = false;
  }

  /** Returns whether some weights have been updated and others not. */
  public boolean isUpdating() {
    return updating;
  }
}
