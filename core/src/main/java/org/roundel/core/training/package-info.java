/**
 * Runs from their start to their end: {@link org.roundel.core.training.Trainer} starts, resumes and
 * evaluates them, the loop makes their updates, evaluates each epoch and tells listeners. Nothing
 * in here knows a plugin.
 */
@NullMarked
package org.roundel.core.training;

import org.jspecify.annotations.NullMarked;
