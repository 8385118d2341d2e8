/**
 * A trained net as it ships, in a form of no library's own: operations, arrays with the levels that
 * they are quantized to, what the images must be. It stands between training and every file format;
 * see {@link ShippedNet}. Plain Java only: nothing in here needs ND4J, so that a program which only
 * runs nets can do without it.
 */
@NullMarked
package org.roundel.api.net;

import org.jspecify.annotations.NullMarked;
