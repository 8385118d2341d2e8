/**
 * Runs trained nets that have left Roundel, on oneDNN. Start at {@link
 * org.roundel.inference.InferenceNet}; the plugin in here is how Roundel itself runs them, and the
 * only part that a program without Roundel does not load.
 */
@NullMarked
package org.roundel.inference;

import org.jspecify.annotations.NullMarked;
