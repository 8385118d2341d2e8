/**
 * The DL4J toolkit: turns a DL4J graph configuration, a plugin author's own too, into a Roundel
 * model. What a net is ({@code NetDefinition}) is kept apart from what runs it ({@code
 * NetExecutor}).
 */
@NullMarked
package org.roundel.dl4j;

import org.jspecify.annotations.NullMarked;
