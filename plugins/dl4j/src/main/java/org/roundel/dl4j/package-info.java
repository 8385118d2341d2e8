/**
 * The DL4J toolkit: turns a DL4J graph configuration, a plugin author's own too, into a Roundel
 * model. This is the room that authors of nets meet; what a net is lies in {@code net}, apart from
 * what runs it, in {@code program} and {@code reference}.
 *
 * <p>A toolkit that architectures build on, not a plugin: it offers no component of its own.
 */
@NullMarked
package org.roundel.dl4j;

import org.jspecify.annotations.NullMarked;
