/** Why a plugin could not be loaded or called, in words for the user. */
@NullMarked
package org.roundel.core.plugin.failure;

import org.jspecify.annotations.NullMarked;
