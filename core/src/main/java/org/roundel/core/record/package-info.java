/**
 * What a run writes about itself and reads back: its manifest, its configuration and what was
 * changed in it, where it stands, its history.
 */
@NullMarked
package org.roundel.core.record;

import org.jspecify.annotations.NullMarked;
