package org.roundel.core.net;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;
import org.roundel.core.floats.FloatPass;
import org.roundel.core.floats.FloatScan;

/**
 * An exponential moving average of what is trained in one parameter: of its weights, the latent
 * ones where they are kept, and of the arrays that its quantizer learns (Polyak and Juditsky,
 * "Acceleration of Stochastic Approximation by Averaging", 1992, with weights that fall by the
 * decay).
 *
 * <p>After update t, counted from 1, a ← a + (1 − d_t)·(w − a) with d_t = min(d, t/(t + 9)). The
 * average starts at the weights that training starts from, and d_t lets it forget them: after ten
 * updates they count for 1/92,378. So it is a mean of weights at every time, within the range that
 * a quantizer clips to, and nothing needs to be corrected where it is read.
 *
 * <p>Averages ship in place of what is trained. While they do, they are in the parameter's own
 * arrays, and the trained numbers are where the averages were.
 */
final class ParameterAverage {
  private final double decay;
  private final List<Pair> pairs = new ArrayList<>();
  private boolean exchanged;

  /** An array of the parameter's and the one beside it. */
  private record Pair(
      INDArray own, INDArray beside, FloatBuffer ownFloats, FloatBuffer besideFloats) {
    static Pair of(INDArray own) {
      INDArray beside = own.dup('c');
      return new Pair(own, beside, Tensors.floats(own), Tensors.floats(beside));
    }
  }

  /**
   * Makes the arrays.
   *
   * @param trained the parameter's arrays that are trained, its weights first
   * @param decay d, in (0, 1)
   */
  ParameterAverage(List<INDArray> trained, double decay) {
    this.decay = decay;
    trained.forEach(own -> pairs.add(Pair.of(own)));
  }

  /** Starts from what the parameter's arrays hold now. */
  void start() {
    for (Pair pair : pairs) {
      FloatScan.copy(pair.ownFloats(), pair.besideFloats());
    }
  }

  /**
   * Takes in what an update has left; the averages are beside.
   *
   * @param step the number of the update, counted from 1
   */
  void takeIn(long step) {
    float share = (float) (1 - Math.min(decay, step / (step + 9.0)));
    for (Pair pair : pairs) {
      FloatPass.approach(pair.besideFloats(), pair.ownFloats(), share);
    }
  }

  /** Puts the averages into the parameter's own arrays, or what is trained. */
  void place(boolean averages) {
    if (exchanged != averages) {
      for (Pair pair : pairs) {
        FloatPass.exchange(pair.ownFloats(), pair.besideFloats());
      }
      exchanged = averages;
    }
  }

  /** Returns whether the weights' average is another than the weights. */
  boolean differs() {
    return pairs.get(0).ownFloats().mismatch(pairs.get(0).besideFloats()) >= 0;
  }

  /** Returns the array that holds what is trained of one of the parameter's own arrays. */
  INDArray trained(INDArray own) {
    return exchanged ? beside(own) : own;
  }

  /** Returns the array that holds the average of one of the parameter's own arrays. */
  INDArray average(INDArray own) {
    return exchanged ? own : beside(own);
  }

  private INDArray beside(INDArray own) {
    for (Pair pair : pairs) {
      if (pair.own() == own) {
        return pair.beside();
      }
    }
    // Not trained, so the same in both.
    return own;
  }
}
