/**
 * Training and inference of nets as static programs on oneDNN: a net is described once as a graph
 * of operations, planned for a batch size, and then only executed.
 *
 * <p>A toolkit, not a plugin: it knows neither Roundel's interface nor DL4J. A user of it needs
 * this package, {@code net}, {@code graph} for {@link org.roundel.onednn.graph.Graph} and {@code
 * operation}. The rooms and who knows whom, each all to its right:
 *
 * <pre>
 * onednn (CompiledNet) → operation → kernel → graph → program → memory → net
 * </pre>
 */
@NullMarked
package org.roundel.onednn;

import org.jspecify.annotations.NullMarked;
