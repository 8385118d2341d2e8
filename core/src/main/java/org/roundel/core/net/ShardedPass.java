package org.roundel.core.net;

import java.util.List;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.random.RandomSource;
import org.roundel.core.batch.BatchParts;
import org.roundel.core.floats.GradientSum;

/**
 * Computes a batch's gradients part by part, each with batch statistics and random numbers of its
 * own, in the memory of one part ("ghost batch normalisation": Hoffer, Hubara and Soudry, "Train
 * longer, generalize better", 2017).
 *
 * <p>Gradients are added as {@link GradientSum} says, with each part's share of the images as its
 * weight. Every part starts from the running statistics from before the update; what the parts make
 * of them is averaged with the same weights. So the results depend on the number of parts, not on
 * who computes them.
 */
final class ShardedPass {
  private final int shards;
  private final BufferBackup before;
  private final GradientSum gradients;
  private final BufferMean buffers;

  /** Computes one part's gradients into the parameters' arrays. */
  @FunctionalInterface
  interface Part {
    BatchResult run(Batch part, RandomSource random);
  }

  /**
   * Makes the sums.
   *
   * @param before holds the buffers from before the update while a batch is computed
   */
  ShardedPass(TrainedNet net, int shards, BufferBackup before) {
    this.shards = shards;
    this.before = before;
    this.gradients =
        new GradientSum(
            net.parameters().stream().map(TrainedParameter::gradientFloats).toList(), shards);
    this.buffers = new BufferMean(net.model().buffers());
  }

  /**
   * Computes a batch.
   *
   * @param random the step's; each part has the numbers of its shard
   */
  BatchResult run(Batch batch, RandomSource random, Part pass) {
    List<Batch> parts = BatchParts.of(batch, shards);
    double loss = 0;
    int wrong = 0;
    for (int index = 0; index < parts.size(); index++) {
      Batch part = parts.get(index);
      if (index > 0) {
        before.restore();
      }
      BatchResult result = pass.run(part, random.forShard(index));
      double weight = (double) part.size() / batch.size();
      gradients.add(index, (float) weight, index == parts.size() - 1);
      buffers.add(weight, index == 0);
      loss += weight * result.loss();
      wrong += result.wrong();
    }
    buffers.place();
    return new BatchResult(loss, wrong, batch.size());
  }
}
