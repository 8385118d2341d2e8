/** Results as pages to read and as tables to compute with. */
@NullMarked
package org.roundel.report;

import org.jspecify.annotations.NullMarked;
