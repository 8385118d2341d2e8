/**
 * Batches of images, read ahead by as many threads as the steps need, in an order that is a
 * function of seed and epoch.
 */
@NullMarked
package org.roundel.core.batch;

import org.jspecify.annotations.NullMarked;
