package org.roundel.onednn.graph;

/** A scale and a shift of each channel, x · scale + shift. Immutable. */
public final class ChannelScale {
  private final double[] scale;
  private final double[] shift;

  /**
   * Makes it.
   *
   * @param scale [channels]
   * @param shift [channels]
   */
  public ChannelScale(double[] scale, double[] shift) {
    this.scale = scale.clone();
    this.shift = shift.clone();
  }

  /** Returns the scale of each channel. */
  public double[] scale() {
    return scale.clone();
  }

  /** Returns the shift of each channel. */
  public double[] shift() {
    return shift.clone();
  }
}
