/**
 * The threads under {@link org.roundel.api.Chunks}, for the program that runs plugins and for
 * tests: no part of the plugin interface. A plugin's class loader does not find this package.
 */
@NullMarked
package org.roundel.threads;

import org.jspecify.annotations.NullMarked;
