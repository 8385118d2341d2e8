/**
 * Downloads of datasets: over HTTPS, resumed where they stopped, and checked against the
 * publisher's checksum before anything uses them.
 */
@NullMarked
package org.roundel.cli.data;

import org.jspecify.annotations.NullMarked;
