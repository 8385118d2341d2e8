/** Exporters: how trained nets become files that other programs read. */
@NullMarked
package org.roundel.api.exporter;

import org.jspecify.annotations.NullMarked;
