/**
 * Arrays as oneDNN knows them, and where they lie: most share one arena, by a plan made when all
 * steps are known.
 */
@NullMarked
package org.roundel.onednn.memory;

import org.jspecify.annotations.NullMarked;
