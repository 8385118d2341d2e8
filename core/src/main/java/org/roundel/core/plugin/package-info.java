/**
 * What plugins offer, and the lookup of it by kind and name: start at {@link
 * org.roundel.core.plugin.PluginRegistry}. How they are found and loaded is in {@code load}, what
 * is said when that fails in {@code failure}, and who looks at a whole directory in {@code doctor}.
 */
@NullMarked
package org.roundel.core.plugin;

import org.jspecify.annotations.NullMarked;
