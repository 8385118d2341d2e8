/** Loss and error of a net over the test images. */
@NullMarked
package org.roundel.core.evaluation;

import org.jspecify.annotations.NullMarked;
