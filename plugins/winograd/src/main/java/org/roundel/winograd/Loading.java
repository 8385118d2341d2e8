package org.roundel.winograd;

/** What is done to images as a pass loads them. */
public interface Loading {
  /** Nothing. */
  Loading AS_THEY_ARE = (numbers, at, pixels, channel, block) -> {};

  /**
   * Changes some pixels. Called from several threads at a time.
   *
   * @param numbers [pixels, block] from {@code at} on, changed
   * @param channel the first of the block's channels
   * @param block channels side by side
   */
  void change(float[] numbers, int at, int pixels, int channel, int block);
}
