/** Says of each file in a plugins directory what it is, and what is wrong with it. */
@NullMarked
package org.roundel.core.plugin.doctor;

import org.jspecify.annotations.NullMarked;
