package org.roundel.core.plugin.failure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why a plugin, or a part of it, could not be loaded.
 *
 * @param location the JAR or the directory
 * @param className the class at fault, if it is known
 * @param component the name of the component at fault, if it is only one and known
 * @param what what happened, found against allowed; no full stop
 * @param cause the exception underneath, if there was one
 * @param hint what to do, in whole sentences
 */
public record PluginFailure(
    Path location,
    @Nullable String className,
    @Nullable String component,
    String what,
    @Nullable Throwable cause,
    String hint) {
  /** Returns all of it for the user: where, what happened, what to do. */
  public String message() {
    return location + ": " + what + ". " + hint;
  }
}
