/** Bop: binary weights that flip by themselves, without latent weights and without an optimizer. */
@NullMarked
package org.roundel.bop;

import org.jspecify.annotations.NullMarked;
