/**
 * A program: steps that are planned once for a batch size and then only run, in oneDNN or in Java.
 */
@NullMarked
package org.roundel.onednn.program;

import org.jspecify.annotations.NullMarked;
