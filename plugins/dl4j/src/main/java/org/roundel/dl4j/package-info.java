/**
 * The DL4J toolkit: turns a DL4J graph configuration, a plugin author's own too, into a Roundel
 * model. What a net is ({@code NetDefinition}) is kept apart from what runs it ({@code
 * NetExecutor}).
 *
 * <p>A toolkit that architectures build on, not a plugin: it offers no component of its own.
 *
 * <p>More than twenty files are in this one package: translation and execution know the parts of a
 * net's definition that no plugin is to see, and share no more than these.
 */
@NullMarked
package org.roundel.dl4j;

import org.jspecify.annotations.NullMarked;
