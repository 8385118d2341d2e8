/** Learning-rate schedules: the learning rate as a function of the position in a run. */
@NullMarked
package org.roundel.api.schedule;

import org.jspecify.annotations.NullMarked;
