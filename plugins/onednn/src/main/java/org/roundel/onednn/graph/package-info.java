/**
 * A net as a graph of operations, and the compilers that lay its operations into a program for
 * training or for inference. The compilers know no operation; each operation lays itself, see
 * {@link org.roundel.onednn.graph.Operation}.
 */
@NullMarked
package org.roundel.onednn.graph;

import org.jspecify.annotations.NullMarked;
