/** What a run tells about itself as metrics, through Micrometer. */
@NullMarked
package org.roundel.core.metrics;

import org.jspecify.annotations.NullMarked;
