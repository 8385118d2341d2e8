/** Listing and describing what plugins offer. */
@NullMarked
package org.roundel.cli.command.component;

import org.jspecify.annotations.NullMarked;
