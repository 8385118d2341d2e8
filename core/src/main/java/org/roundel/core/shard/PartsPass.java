package org.roundel.core.shard;

import java.io.IOException;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Model;
import org.roundel.api.random.RandomSource;
import org.roundel.core.floats.GradientSum;

/**
 * Computes neighbouring parts of a batch one after another, each with batch statistics and random
 * numbers of its own, in the memory of one part ("ghost batch normalisation": Hoffer, Hubara and
 * Soudry, "Train longer, generalize better", 2017).
 *
 * <p>Gradients are added as {@link GradientSum} says, with each part's share of the images as its
 * weight. Every part starts from the running statistics from before the update.
 */
public final class PartsPass {
  private final BufferBackup before;
  private final GradientSum gradients;

  /** Where parts come from. */
  @FunctionalInterface
  public interface Parts {
    /** Returns the images of a part, valid until the next one is asked for. */
    Batch part(int index) throws IOException;
  }

  /** Computes one part's gradients into the parameters' arrays. */
  @FunctionalInterface
  public interface Pass {
    BatchResult run(Batch part, RandomSource random);
  }

  /** Told what each part gave, with the buffers that it left in their place. */
  @FunctionalInterface
  public interface Outcomes {
    /**
     * Takes in a part's outcome.
     *
     * @param weight its share of the batch's images
     */
    void add(int index, double weight, BatchResult result);
  }

  /**
   * Which parts are computed.
   *
   * @param first the number of the first one, counted from 0
   * @param end the number behind the last one
   * @param images how many the whole batch has
   */
  public record Range(int first, int end, int images) {}

  /**
   * Makes the sums.
   *
   * @param most how many parts are computed at a time at most
   * @param before holds the buffers from before the update while parts are computed
   */
  public PartsPass(Model model, int most, BufferBackup before) {
    this.before = before;
    this.gradients =
        new GradientSum(
            model.parameters().stream()
                .map(parameter -> Tensors.floats(parameter.gradient()))
                .toList(),
            most);
  }

  /**
   * Computes parts; the sum of their gradients is in the parameters' arrays afterwards.
   *
   * @param random the step's; each part has the numbers of its shard
   */
  public void run(Range range, Parts parts, RandomSource random, Pass pass, Outcomes outcomes)
      throws IOException {
    for (int index = range.first(); index < range.end(); index++) {
      if (index > range.first()) {
        before.restore();
      }
      Batch part = parts.part(index);
      BatchResult result = pass.run(part, random.forShard(index));
      double weight = (double) part.size() / range.images();
      gradients.add(index - range.first(), (float) weight, index == range.end() - 1);
      outcomes.add(index, weight, result);
    }
  }
}
