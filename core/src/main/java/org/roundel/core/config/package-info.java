/**
 * The configuration of a run: its settings, how they are read from YAML, and how all mistakes in
 * them are reported at once.
 */
@NullMarked
package org.roundel.core.config;

import org.jspecify.annotations.NullMarked;
