package org.roundel.optimizers;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunk;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.training.StateArray;

/**
 * Stochastic gradient descent with momentum, in the classical or in Nesterov's form.
 *
 * <p>With g the gradient plus the weight decay λw, the momentum μ, the learning rate η and a
 * velocity v that starts at 0:
 *
 * <ul>
 *   <li>v ← μv + g;
 *   <li>classical: w ← w − η·v; Nesterov: w ← w − η·(g + μv).
 * </ul>
 *
 * The learning rate is not part of the velocity, as in torch.optim.SGD with dampening 0: a lower
 * rate takes effect at once. (Other programs keep v ← μv − ηg, which differs while the rate
 * changes.) Each element is computed in double precision; velocity and weight are rounded to
 * float32 once each.
 *
 * <p>Sources: Boris Polyak, <em>Some methods of speeding up the convergence of iteration
 * methods</em>, 1964; Ilya Sutskever, James Martens, George Dahl, Geoffrey Hinton, <em>On the
 * importance of initialization and momentum in deep learning</em>, 2013, for Nesterov's form in
 * deep learning. When not to use it: for weights kept by stochastic rounding, a velocity repeats
 * one noisy gradient over many steps; compare with momentum 0 there.
 */
final class Momentum implements Optimizer {
  private static final String VELOCITY = "velocity";

  private final double momentum;
  private final WeightDecay weightDecay;
  private final boolean nesterov;

  Momentum(double momentum, WeightDecay weightDecay, boolean nesterov) {
    this.momentum = momentum;
    this.weightDecay = weightDecay;
    this.nesterov = nesterov;
  }

  @Override
  public List<StateArray> stateArrays() {
    return List.of(StateArray.kept(VELOCITY, StateArray.Extent.WEIGHTS));
  }

  @Override
  public void update(INDArray weights, INDArray gradient, UpdateContext context) {
    FloatBuffer values = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    FloatBuffer velocities = Tensors.floats(context.state().values(VELOCITY));
    double learningRate = context.moment().learningRate();
    double decay = weightDecay.of(context.parameter());
    Chunks.run(
        values.capacity(),
        chunk -> update(values, gradients, velocities, chunk, learningRate, decay));
  }

  private void update(
      FloatBuffer values,
      FloatBuffer gradients,
      FloatBuffer velocities,
      Chunk chunk,
      double learningRate,
      double decay) {
    int end = chunk.start() + chunk.length();
    for (int index = chunk.start(); index < end; index++) {
      double weight = values.get(index);
      double gradient = gradients.get(index) + decay * weight;
      double velocity = momentum * velocities.get(index) + gradient;
      double direction = velocity;
      if (nesterov) {
        direction = gradient + momentum * velocity;
      }
      velocities.put(index, (float) velocity);
      values.put(index, (float) (weight - learningRate * direction));
    }
  }
}
