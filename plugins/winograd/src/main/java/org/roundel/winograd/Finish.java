package org.roundel.winograd;

/** What is done to the outputs of a pass before they are stored. Immutable. */
public final class Finish {
  private final float[] bias;
  private final boolean adds;
  private final float least;

  /**
   * Makes it.
   *
   * @param bias what is added to each channel
   * @param adds whether other images are added
   * @param rectifies whether what is less than 0 becomes 0
   */
  public Finish(float[] bias, boolean adds, boolean rectifies) {
    this.bias = bias.clone();
    this.adds = adds;
    this.least = rectifies ? 0 : Float.NEGATIVE_INFINITY;
  }

  /** Returns what is added to each channel; not to be written. */
  float[] bias() {
    return bias;
  }

  boolean adds() {
    return adds;
  }

  /** Returns the least number that there may be. */
  float least() {
    return least;
  }
}
