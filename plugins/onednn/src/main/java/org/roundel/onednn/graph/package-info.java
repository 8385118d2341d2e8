/**
 * A net as a graph of operations, and the compilers that lay its operations into a program for
 * training or for inference. The compilers know no operation: each {@link Operation} lays itself.
 */
@NullMarked
package org.roundel.onednn.graph;

import org.jspecify.annotations.NullMarked;
