package org.roundel.onednn.operation;

import java.nio.FloatBuffer;
import org.roundel.onednn.memory.Tensor;

/**
 * The running mean and variance of one normalisation, and what a batch does to them.
 *
 * <p>A batch is normalised with its biased variance, but the running variance takes the unbiased
 * one, n/(n − 1) of it for n values of a channel, as in PyTorch. One value says nothing of the
 * variance, and leaves it as it is.
 *
 * @param mean the running mean [channels], written
 * @param variance the running variance [channels], written
 * @param batchMean the mean of the batch's values [channels]
 * @param batchVariance their biased variance [channels]
 * @param count how many values of a channel the batch has
 */
record RunningStatistics(
    Tensor mean, Tensor variance, Tensor batchMean, Tensor batchVariance, long count) {
  /** Moves the running statistics: running ← decay · running + (1 − decay) · batch. */
  void follow(float decay) {
    follow(mean.floats(), batchMean.floats(), decay, 1 - decay);
    if (count > 1) {
      float share = (float) ((1 - decay) * (count / (count - 1.0)));
      follow(variance.floats(), batchVariance.floats(), decay, share);
    }
  }

  private static void follow(FloatBuffer running, FloatBuffer batch, float decay, float share) {
    for (int channel = 0; channel < running.limit(); channel++) {
      running.put(channel, decay * running.get(channel) + share * batch.get(channel));
    }
  }

  /**
   * Makes the running statistics those of the batch's values and of those before it together: their
   * mean and their unbiased variance (Chan, Golub, LeVeque, "Updating Formulae and a Pairwise
   * Algorithm for Computing Sample Variances", 1979).
   *
   * @param before how many values of a channel the running statistics are of; 0 if they are to be
   *     forgotten
   */
  void pool(long before) {
    FloatBuffer means = mean.floats();
    FloatBuffer variances = variance.floats();
    double total = before + count;
    for (int channel = 0; channel < means.limit(); channel++) {
      double own = batchMean.floats().get(channel);
      double squares = (double) count * batchVariance.floats().get(channel);
      if (before == 0) {
        means.put(channel, (float) own);
      } else {
        double past = means.get(channel);
        double difference = own - past;
        means.put(channel, (float) (past + difference * count / total));
        squares += (before - 1.0) * variances.get(channel);
        squares += difference * difference * before * count / total;
      }
      if (total > 1) {
        variances.put(channel, (float) (squares / (total - 1)));
      }
    }
  }
}
