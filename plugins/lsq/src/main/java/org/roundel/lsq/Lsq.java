package org.roundel.lsq;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Magnitudes;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.StateArray;

/**
 * Learned Step Size Quantization (LSQ): b-bit weights whose step size is trained with them, one
 * step size for each layer.
 *
 * <p>With the latent weight v, the step size s, Q_N = 2^(b−1) and Q_P = 2^(b−1) − 1, the net
 * computes with
 *
 * <p>v̂ = s·round(clip(v/s, −Q_N, Q_P)), half away from zero.
 *
 * <p>Rounding is taken for the identity in the gradient, which gives
 *
 * <ul>
 *   <li>∂v̂/∂v = 1 where −Q_N &lt; v/s &lt; Q_P, else 0;
 *   <li>∂v̂/∂s = round(v/s) − v/s there, −Q_N below and Q_P above.
 * </ul>
 *
 * The gradient for s is Σ ∂L/∂v̂·∂v̂/∂s over the layer's N weights times 1/√(N·Q_P), which makes
 * its size, relative to s, that of the weights' gradients. s starts at 2·mean|v|/√Q_P.
 *
 * <p>The optimizer may step over 0 and leave a step size that is useless: the published method says
 * nothing of that. Here s is raised, after each update, to at least mean|v|/Q_P: a grid that does
 * not reach the average weight leaves hardly a weight that has a gradient. Where a layer's weights
 * are all 0 that is the smallest normal float32 number. It is also at most the largest float32
 * number divided by Q_N, so that no weight becomes infinite.
 *
 * <p>Source: Steven K. Esser, Jeffrey L. McKinstry, Deepika Bablani, Rathinakumar Appuswamy,
 * Dharmendra S. Modha, <em>Learned Step Size Quantization</em>, ICLR 2020. Activations, which the
 * paper quantizes too, are left alone.
 *
 * <p>When to use it: for 2 to 8 bits, best from a trained full-precision net, as in the paper, and
 * with a small learning rate. When not to use it: for binary weights; with Adam at a high rate, as
 * its steps have the size of the rate whatever the gradient is, and step sizes are small numbers;
 * or with much weight decay, which shrinks step sizes too.
 */
final class Lsq implements Quantizer {
  private static final String STEP_SIZE = "step-size";

  private final int lowest;
  private final int highest;

  /** Makes a quantizer to {@code bits} bits, 2 to 8. */
  Lsq(int bits) {
    this.lowest = -(1 << (bits - 1));
    this.highest = (1 << (bits - 1)) - 1;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public List<StateArray> stateArrays() {
    return List.of(StateArray.learned(STEP_SIZE, StateArray.Extent.ONE));
  }

  @Override
  public void initializeState(INDArray weights, QuantizationContext context) {
    setStepSize(context, 2 * Magnitudes.mean(Tensors.floats(weights)) / Math.sqrt(highest));
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer source = Tensors.floats(latent);
    FloatBuffer target = Tensors.floats(weights);
    double stepSize = stepSize(context);
    Chunks.run(
        source.capacity(),
        chunk -> {
          float[] values = chunk.load(0, source);
          for (int index = 0; index < chunk.length(); index++) {
            double ratio = values[index] / stepSize;
            float rounded = (float) (nearest(ratio) * stepSize);
            // NaN stays NaN, so that divergence is seen.
            values[index] = Double.isNaN(ratio) ? Float.NaN : rounded;
          }
          chunk.store(values, target);
        });
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    FloatBuffer latent = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    double stepSize = stepSize(context);
    int count = latent.capacity();
    double sum =
        Chunks.sum(
            count,
            chunk -> {
              float[] values = chunk.load(0, latent);
              float[] shaped = chunk.load(1, gradients);
              double part = shape(values, shaped, chunk.length(), stepSize);
              chunk.store(shaped, gradients);
              return part;
            });
    Tensors.floats(context.state().gradient(STEP_SIZE))
        .put(0, (float) (sum / Math.sqrt((double) count * highest)));
  }

  /** Shapes the weights' gradients and returns their part of the step size's one. */
  private double shape(float[] values, float[] gradients, int length, double stepSize) {
    double part = 0;
    for (int index = 0; index < length; index++) {
      double ratio = values[index] / stepSize;
      if (ratio <= lowest) {
        part += gradients[index] * (double) lowest;
        gradients[index] = 0;
      } else if (ratio >= highest) {
        part += gradients[index] * (double) highest;
        gradients[index] = 0;
      } else {
        part += gradients[index] * (nearest(ratio) - ratio);
      }
    }
    return part;
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    double least = Magnitudes.mean(Tensors.floats(weights)) / highest;
    setStepSize(context, Math.max(stepSize(context), least));
  }

  @Override
  public int distinctValues() {
    return highest - lowest + 1;
  }

  /** Returns the multiple of the step size that is nearest within the range, half away from 0. */
  private int nearest(double ratio) {
    double inRange = Math.max(lowest, Math.min(highest, ratio));
    // The cast cuts off towards zero.
    return (int) (inRange + Math.copySign(0.5, inRange));
  }

  private static double stepSize(QuantizationContext context) {
    return Tensors.floats(context.state().values(STEP_SIZE)).get(0);
  }

  private void setStepSize(QuantizationContext context, double wanted) {
    // Math.max and Math.min keep NaN, so that divergence is seen.
    double positive = Math.max(Float.MIN_NORMAL, wanted);
    Tensors.floats(context.state().values(STEP_SIZE))
        .put(0, (float) Math.min(Float.MAX_VALUE / -lowest, positive));
  }
}
