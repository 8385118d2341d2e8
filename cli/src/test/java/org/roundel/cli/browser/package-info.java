/** Pages in a real browser. */
@NullMarked
package org.roundel.cli.browser;

import org.jspecify.annotations.NullMarked;
