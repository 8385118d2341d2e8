/**
 * The operations that a net is made of, each in one class: its shape, its steps in training,
 * forward and back, and its steps in inference. To add one is to add a class here.
 */
@NullMarked
package org.roundel.onednn.operation;

import org.jspecify.annotations.NullMarked;
