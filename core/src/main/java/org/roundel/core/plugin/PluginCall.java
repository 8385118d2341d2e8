package org.roundel.core.plugin;

/**
 * A call into a plugin's code.
 *
 * @param <F> what is called
 * @param <T> what it returns
 */
@FunctionalInterface
public interface PluginCall<F, T> {
  /** Makes the call. */
  T apply(F target) throws Exception;
}
