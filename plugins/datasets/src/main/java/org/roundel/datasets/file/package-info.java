/**
 * The user's files: what is missing or named otherwise, what lies beside, and whether they are the
 * published ones.
 */
@NullMarked
package org.roundel.datasets.file;

import org.jspecify.annotations.NullMarked;
