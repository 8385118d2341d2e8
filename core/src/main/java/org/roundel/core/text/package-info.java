/** Helps with texts for users: finding the name that somebody meant. */
@NullMarked
package org.roundel.core.text;

import org.jspecify.annotations.NullMarked;
