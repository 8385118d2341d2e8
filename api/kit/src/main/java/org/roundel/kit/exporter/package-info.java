/** What every exporter must do. */
@NullMarked
package org.roundel.kit.exporter;

import org.jspecify.annotations.NullMarked;
