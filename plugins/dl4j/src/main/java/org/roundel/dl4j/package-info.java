/**
 * The DL4J toolkit: turns a DL4J graph configuration, a plugin author's own too, into a Roundel
 * model. What a net is ({@code NetDefinition}) is kept apart from what runs it ({@code
 * NetExecutor}).
 *
 * <p>A toolkit that architectures build on, not a plugin: it offers no component of its own. More
 * than twenty files, because a plugin author's nets see this package, and all but five of its
 * classes are hidden by it.
 */
@NullMarked
package org.roundel.dl4j;

import org.jspecify.annotations.NullMarked;
