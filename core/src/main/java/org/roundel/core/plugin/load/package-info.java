/**
 * Finds, isolates and loads plugins. Start at {@link org.roundel.core.plugin.load.PluginLoader}.
 */
@NullMarked
package org.roundel.core.plugin.load;

import org.jspecify.annotations.NullMarked;
