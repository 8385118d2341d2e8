/**
 * Finds, isolates and loads plugins, and looks up the components that they offer. Start at {@link
 * org.roundel.core.plugin.PluginLoader}.
 */
@NullMarked
package org.roundel.core.plugin;

import org.jspecify.annotations.NullMarked;
