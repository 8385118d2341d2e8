/** The commands by which a trained net is looked at, and leaves. */
@NullMarked
package org.roundel.cli.command.ship;

import org.jspecify.annotations.NullMarked;
