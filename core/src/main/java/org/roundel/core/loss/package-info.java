/** What the loss of training goes by where that is not the labels alone: the targets of a batch. */
@NullMarked
package org.roundel.core.loss;

import org.jspecify.annotations.NullMarked;
