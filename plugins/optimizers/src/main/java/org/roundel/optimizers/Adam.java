package org.roundel.optimizers;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunk;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArray;

/**
 * Adam: every weight moves by about the learning rate, in the direction of its mean gradient.
 *
 * <p>With g the gradient, the weight decay λ, moments m and v that start at 0, the learning rate η
 * and the update's number t from 1:
 *
 * <ul>
 *   <li>Adam: g ← g + λw; AdamW: w ← w − ηλw;
 *   <li>m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²;
 *   <li>m̂ = m/(1−β₁ᵗ); v̂ = v/(1−β₂ᵗ);
 *   <li>w ← w − η·m̂/(√v̂ + ε).
 * </ul>
 *
 * This is torch.optim.Adam and torch.optim.AdamW. ε stands beside √v̂, after the bias correction;
 * programs that add it before (ND4J's among them) take other steps while t is small. Each element
 * is computed in double precision; the moments and the weight are rounded to float32 once each.
 *
 * <p>Sources: Diederik Kingma, Jimmy Ba, <em>Adam: A Method for Stochastic Optimization</em>, 2015;
 * Ilya Loshchilov, Frank Hutter, <em>Decoupled Weight Decay Regularization</em>, 2019, for AdamW.
 * When not to use them: Adam with a large weight decay, which its denominator scales away unevenly;
 * AdamW where decay 0 is meant, which is Adam; both where two more arrays of the weights' size are
 * too much memory.
 */
final class Adam implements Optimizer {
  private static final String FIRST_MOMENT = "first-moment";
  private static final String SECOND_MOMENT = "second-moment";

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final WeightDecay weightDecay;
  private final boolean decoupled;

  Adam(double beta1, double beta2, double epsilon, WeightDecay weightDecay, boolean decoupled) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.weightDecay = weightDecay;
    this.decoupled = decoupled;
  }

  @Override
  public List<StateArray> stateArrays() {
    return List.of(
        StateArray.kept(FIRST_MOMENT, StateArray.Extent.WEIGHTS),
        StateArray.kept(SECOND_MOMENT, StateArray.Extent.WEIGHTS));
  }

  @Override
  public void update(INDArray weights, INDArray gradient, UpdateContext context) {
    FloatBuffer values = Tensors.floats(weights);
    FloatBuffer gradients = Tensors.floats(gradient);
    FloatBuffer firsts = Tensors.floats(context.state().values(FIRST_MOMENT));
    FloatBuffer seconds = Tensors.floats(context.state().values(SECOND_MOMENT));
    Moment now = context.moment();
    double rate = now.learningRate() / oneMinusPower(beta1, now.step());
    double secondScale = 1 / oneMinusPower(beta2, now.step());
    double decay = weightDecay.of(context.parameter());
    double penalty = decoupled ? 0 : decay;
    double kept = decoupled ? 1 - now.learningRate() * decay : 1;
    Chunks.run(
        values.capacity(),
        chunk -> {
          moments(values, gradients, firsts, seconds, penalty, chunk);
          steps(rate, secondScale, chunk);
          move(values, kept, chunk);
        });
  }

  // Three loops, because the compiler vectorises only those with one type of numbers in plain
  // arrays, and the root and the division in the second are half of the work.

  /** Updates the moments, and leaves them unrounded in the first two scratch arrays. */
  private void moments(
      FloatBuffer values,
      FloatBuffer gradients,
      FloatBuffer firsts,
      FloatBuffer seconds,
      double penalty,
      Chunk chunk) {
    double[] unroundedFirsts = chunk.doubles(0);
    double[] unroundedSeconds = chunk.doubles(1);
    int start = chunk.start();
    int length = chunk.length();
    for (int index = 0; index < length; index++) {
      int element = start + index;
      double gradient = gradients.get(element) + penalty * values.get(element);
      double first = beta1 * firsts.get(element) + (1 - beta1) * gradient;
      double second = beta2 * seconds.get(element) + (1 - beta2) * gradient * gradient;
      firsts.put(element, (float) first);
      seconds.put(element, (float) second);
      unroundedFirsts[index] = first;
      unroundedSeconds[index] = second;
    }
  }

  /** Turns first moments into steps. */
  private void steps(double rate, double secondScale, Chunk chunk) {
    double[] firsts = chunk.doubles(0);
    double[] seconds = chunk.doubles(1);
    int length = chunk.length();
    for (int index = 0; index < length; index++) {
      firsts[index] = rate * firsts[index] / (Math.sqrt(seconds[index] * secondScale) + epsilon);
    }
  }

  private static void move(FloatBuffer values, double kept, Chunk chunk) {
    double[] steps = chunk.doubles(0);
    int start = chunk.start();
    int length = chunk.length();
    for (int index = 0; index < length; index++) {
      int element = start + index;
      values.put(element, (float) (kept * values.get(element) - steps[index]));
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
