/** Image files as the pixels that nets take. */
@NullMarked
package org.roundel.cli.image;

import org.jspecify.annotations.NullMarked;
