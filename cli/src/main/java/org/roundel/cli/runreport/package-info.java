/** The page that every run leaves behind: what it did, with what, and how to repeat it. */
@NullMarked
package org.roundel.cli.runreport;

import org.jspecify.annotations.NullMarked;
