package org.roundel.onednn.net;

/** How images lie in memory between the operations of a program. */
public enum Layout {
  /** The channels of a pixel side by side. */
  CHANNELS_LAST,
  /**
   * Blocks of 8 channels, or 16 with AVX-512, side by side. Needs numbers of channels that are
   * multiples of the block, but for the net's input.
   */
  BLOCKED
}
