package org.roundel.winograd;

import java.nio.FloatBuffer;

/** Weights of a convolution that never change, transformed once. Immutable. */
public final class FixedWeights {
  private final float[] spectrum;
  private final int inputs;
  private final int outputs;

  /**
   * Transforms weights.
   *
   * @param weights [outputs, inputs, 3, 3], read here only
   * @param inputs channels that are read, a multiple of two vectors
   * @param outputs channels that are made, likewise
   */
  public FixedWeights(FloatBuffer weights, int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    WeightsTransform transform = new WeightsTransform(inputs, outputs, false);
    spectrum = new float[transform.size()];
    float[] scratch = new float[transform.scratchSize()];
    for (int panel = 0; panel < transform.panels(); panel++) {
      transform.panel(weights, panel, scratch, spectrum);
    }
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  float[] spectrum() {
    return spectrum;
  }
}
