/** The Maven project that a plugin's author starts from. */
@NullMarked
package org.roundel.cli.project;

import org.jspecify.annotations.NullMarked;
