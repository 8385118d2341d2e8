package org.roundel.onednn.kernel;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Tensor;
import org.roundel.winograd.Normalization;

/**
 * What a normalisation has of each channel, where a program keeps it.
 *
 * @param batchMean the batch's mean [channels]
 * @param batchVariance its biased variance [channels]
 * @param affine scale, shift and their gradients [channels] each, null for none
 */
public record NormalizedChannels(Tensor batchMean, Tensor batchVariance, @Nullable Trained affine)
    implements Normalization.Channels {
  /** What is trained, with its gradients. */
  public record Trained(Tensor scale, Tensor shift, Tensor scaleGradient, Tensor shiftGradient) {}

  @Override
  public FloatBuffer mean() {
    return batchMean.floats();
  }

  @Override
  public FloatBuffer variance() {
    return batchVariance.floats();
  }

  @Override
  public @Nullable FloatBuffer scale() {
    return affine == null ? null : affine.scale.floats();
  }

  @Override
  public @Nullable FloatBuffer shift() {
    return affine == null ? null : affine.shift.floats();
  }

  @Override
  public @Nullable FloatBuffer scaleGradient() {
    return affine == null ? null : affine.scaleGradient.floats();
  }

  @Override
  public @Nullable FloatBuffer shiftGradient() {
    return affine == null ? null : affine.shiftGradient.floats();
  }
}
