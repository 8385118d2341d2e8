package org.roundel.core.training;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.StateArray;
import org.roundel.api.training.StateArray.Extent;

/**
 * Uses all that a quantizer may have: it trains with scale·sign(latent), learns the scale of each
 * output channel by g = Σ gradient·sign, adds up the gradients, averages the latent weights, and
 * ships the average plus progress; from a share of the run on, latent weights and scale stay.
 */
final class AveragingQuantizer implements Quantizer {
  private final double freezeAt;

  AveragingQuantizer(double freezeAt) {
    this.freezeAt = freezeAt;
  }

  @Override
  public boolean isFrozen(QuantizationContext context) {
    return context.moment().progress() >= freezeAt;
  }

  @Override
  public boolean keepsLatentWeights() {
    return true;
  }

  @Override
  public List<StateArray> stateArrays() {
    return List.of(
        StateArray.kept("average", Extent.WEIGHTS),
        StateArray.kept("gradient-sum", Extent.WEIGHTS),
        StateArray.kept("count", Extent.ONE),
        StateArray.learned("scale", Extent.CHANNELS));
  }

  @Override
  public void initializeState(INDArray weights, QuantizationContext context) {
    context.state().values("scale").assign(0.5);
  }

  @Override
  public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
    FloatBuffer from = Tensors.floats(latent);
    FloatBuffer to = Tensors.floats(weights);
    FloatBuffer scale = Tensors.floats(context.state().values("scale"));
    FloatBuffer average = Tensors.floats(context.state().values("average"));
    int inputs = from.capacity() / scale.capacity();
    for (int index = 0; index < from.capacity(); index++) {
      float trained = Math.signum(from.get(index)) * scale.get(index / inputs);
      float shipped = average.get(index) + (float) context.moment().progress();
      to.put(index, context.evaluation() ? shipped : trained);
    }
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    FloatBuffer latent = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    FloatBuffer sums = Tensors.floats(context.state().values("gradient-sum"));
    FloatBuffer scale = Tensors.floats(context.state().gradient("scale"));
    int inputs = latent.capacity() / scale.capacity();
    for (int channel = 0; channel < scale.capacity(); channel++) {
      float sum = 0;
      for (int index = channel * inputs; index < (channel + 1) * inputs; index++) {
        sum += gradients.get(index) * Math.signum(latent.get(index));
        sums.put(index, sums.get(index) + gradients.get(index));
      }
      scale.put(channel, sum);
    }
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    FloatBuffer values = Tensors.floats(weights);
    FloatBuffer average = Tensors.floats(context.state().values("average"));
    FloatBuffer count = Tensors.floats(context.state().values("count"));
    count.put(0, count.get(0) + 1);
    for (int index = 0; index < values.capacity(); index++) {
      float mean = average.get(index);
      average.put(index, mean + (values.get(index) - mean) / count.get(0));
    }
  }
}
