package org.roundel.optimizers;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.api.optimizer.Optimizer;

/**
 * Adam: every weight moves by about the learning rate, in the direction of its mean gradient.
 *
 * <p>With g the gradient plus the weight decay λw, moments m and v that start at 0, the learning
 * rate η and the update's number t from 1:
 *
 * <ul>
 *   <li>m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²;
 *   <li>m̂ = m/(1−β₁ᵗ); v̂ = v/(1−β₂ᵗ);
 *   <li>w ← w − η·m̂/(√v̂ + ε).
 * </ul>
 *
 * This is torch.optim.Adam. ε stands beside √v̂, after the bias correction; programs that add it
 * before (ND4J's among them) take other steps while t is small. Each element is computed in double
 * precision; the moments and the weight are rounded to float32 once each.
 *
 * <p>Source: Diederik Kingma, Jimmy Ba, <em>Adam: A Method for Stochastic Optimization</em>, 2015.
 * When not to use it: with a large weight decay, which its denominator scales away unevenly, or
 * where two more arrays of the weights' size are too much memory.
 */
final class Adam implements Optimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;

  Adam(double beta1, double beta2, double epsilon, double weightDecay) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
  }

  @Override
  public List<String> stateNames() {
    return List.of("first-moment", "second-moment");
  }

  @Override
  public void update(
      INDArray weights, INDArray gradient, List<INDArray> state, double learningRate, long step) {
    FloatBuffer values = Tensors.floats(weights);
    FloatBuffer slopes = Tensors.floats(gradient);
    FloatBuffer firsts = Tensors.floats(state.get(0));
    FloatBuffer seconds = Tensors.floats(state.get(1));
    double rate = learningRate / oneMinusPower(beta1, step);
    double secondScale = 1 / oneMinusPower(beta2, step);
    int size = values.remaining();
    for (int index = 0; index < size; index++) {
      double weight = values.get(index);
      double slope = slopes.get(index) + weightDecay * weight;
      double first = beta1 * firsts.get(index) + (1 - beta1) * slope;
      double second = beta2 * seconds.get(index) + (1 - beta2) * slope * slope;
      firsts.put(index, (float) first);
      seconds.put(index, (float) second);
      double denominator = Math.sqrt(second * secondScale) + epsilon;
      values.put(index, (float) (weight - rate * first / denominator));
    }
  }

  /**
   * Returns 1 − βᵗ. For β near 1 and small t the difference itself would lose digits; StrictMath
   * gives the same bits on every machine.
   */
  static double oneMinusPower(double beta, long step) {
    return -StrictMath.expm1(step * StrictMath.log(beta));
  }
}
