/** Ways of training that come with the program, by name. */
@NullMarked
package org.roundel.cli.recipe;

import org.jspecify.annotations.NullMarked;
