package org.roundel.core.training;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.StateArray;
import org.roundel.api.training.StateArray.Extent;

/** Moves ±1 weights itself: each goes against the running mean of its gradients. */
final class FlippingQuantizer implements Quantizer {
  private static final Grid GRID = Grid.binary(1);

  @Override
  public boolean keepsLatentWeights() {
    return false;
  }

  @Override
  public boolean updatesWeights() {
    return true;
  }

  @Override
  public List<StateArray> stateArrays() {
    return List.of(StateArray.kept("mean", Extent.WEIGHTS));
  }

  @Override
  public void initialize(INDArray weights, QuantizationContext context) {
    GRID.draw(weights, context.random());
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    FloatBuffer gradients = Tensors.floats(gradient);
    FloatBuffer means = Tensors.floats(context.state().values("mean"));
    for (int index = 0; index < means.capacity(); index++) {
      means.put(index, 0.8f * means.get(index) + 0.2f * gradients.get(index));
    }
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    FloatBuffer values = Tensors.floats(weights);
    FloatBuffer means = Tensors.floats(context.state().values("mean"));
    for (int index = 0; index < values.capacity(); index++) {
      float weight = GRID.nearest(values.get(index));
      values.put(index, means.get(index) * weight > 0.02f ? -weight : weight);
    }
  }

  @Override
  public float[] levels() {
    return GRID.levels();
  }
}
