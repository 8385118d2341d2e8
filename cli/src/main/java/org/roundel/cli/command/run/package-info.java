/**
 * Training, going on with a run, evaluating and comparing runs; the options that make a run's
 * configuration.
 */
@NullMarked
package org.roundel.cli.command.run;

import org.jspecify.annotations.NullMarked;
