/**
 * The components of one run: checked against its configuration, found by name, created, and known
 * by name while they are called.
 */
@NullMarked
package org.roundel.core.component;

import org.jspecify.annotations.NullMarked;
