/** Tables: made once, shown on terminals and pages, written into files. */
@NullMarked
package org.roundel.report.table;

import org.jspecify.annotations.NullMarked;
