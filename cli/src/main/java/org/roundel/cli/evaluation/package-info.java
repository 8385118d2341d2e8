/** What evaluating a net gave: as text, JSON, pictures and comma-separated values. */
@NullMarked
package org.roundel.cli.evaluation;

import org.jspecify.annotations.NullMarked;
