/** Inferences: what runs a trained net that has left Roundel. */
@NullMarked
package org.roundel.api.inference;

import org.jspecify.annotations.NullMarked;
