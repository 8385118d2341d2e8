/** Results as pages to read and as tables to compute with. */
@NullMarked
package org.roundel.cli.report;

import org.jspecify.annotations.NullMarked;
