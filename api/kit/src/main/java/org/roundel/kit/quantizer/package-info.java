/** What every quantizer must do. */
@NullMarked
package org.roundel.kit.quantizer;

import org.jspecify.annotations.NullMarked;
