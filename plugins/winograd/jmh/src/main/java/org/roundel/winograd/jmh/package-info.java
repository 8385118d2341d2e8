/** The kernels' speed by themselves, on one thread. */
@NullMarked
package org.roundel.winograd.jmh;

import org.jspecify.annotations.NullMarked;
