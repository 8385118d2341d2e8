/** A net as a program compiled to oneDNN: what each layer becomes, and the run of it. */
@NullMarked
package org.roundel.dl4j.program;

import org.jspecify.annotations.NullMarked;
