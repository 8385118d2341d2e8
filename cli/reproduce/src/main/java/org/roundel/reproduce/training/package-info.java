/** The experiments that train nets: methods, batch size, changes of weights, weight decay. */
@NullMarked
package org.roundel.reproduce.training;

import org.jspecify.annotations.NullMarked;
