package org.roundel.optimizers;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.training.StateArray;

/**
 * Stochastic gradient descent without momentum: w ← w − η·(g + λw), with the learning rate η and
 * the weight decay λ.
 *
 * <p>Each element is computed in double precision and rounded to float32 once. Source: Herbert
 * Robbins, Sutton Monro, <em>A Stochastic Approximation Method</em>, 1951; the formula is that of
 * torch.optim.SGD. When not to use it: for nets whose layers have gradients of very different
 * scale; momentum or Adam reach a low loss sooner.
 */
final class Sgd implements Optimizer {
  private final WeightDecay weightDecay;

  Sgd(WeightDecay weightDecay) {
    this.weightDecay = weightDecay;
  }

  @Override
  public List<StateArray> stateArrays() {
    return List.of();
  }

  @Override
  public void update(INDArray weights, INDArray gradient, UpdateContext context) {
    FloatBuffer values = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    double learningRate = context.moment().learningRate();
    double decay = weightDecay.of(context.parameter());
    Chunks.run(
        values.capacity(),
        chunk -> update(values, gradients, chunk.start(), chunk.length(), learningRate, decay));
  }

  private static void update(
      FloatBuffer values,
      FloatBuffer gradients,
      int start,
      int length,
      double learningRate,
      double decay) {
    for (int index = start; index < start + length; index++) {
      double weight = values.get(index);
      double gradient = gradients.get(index) + decay * weight;
      values.put(index, (float) (weight - learningRate * gradient));
    }
  }
}
