/**
 * Training and inference of nets as static programs on oneDNN: a net is described once as a graph
 * of operations, planned for a batch size, and then only executed.
 */
@NullMarked
package org.roundel.onednn;

import org.jspecify.annotations.NullMarked;
