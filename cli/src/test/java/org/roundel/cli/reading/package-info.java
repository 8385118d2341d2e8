/** Reading a folder of photographs, by any number of threads. */
@NullMarked
package org.roundel.cli.reading;

import org.jspecify.annotations.NullMarked;
