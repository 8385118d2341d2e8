package org.roundel.core.evaluation;

import org.roundel.api.model.BatchResult;
import org.roundel.core.event.Evaluation;

/**
 * Loss and error summed over batches.
 *
 * @param lossSum the sum of the images' losses
 * @param wrong misclassified images
 * @param images how many images
 */
public record ErrorSum(double lossSum, long wrong, long images) {
  /** Of no batch. */
  public static final ErrorSum NONE = new ErrorSum(0, 0, 0);

  /** Returns the sum with one more batch. */
  public ErrorSum plus(BatchResult batch) {
    return new ErrorSum(
        lossSum + batch.loss() * batch.size(), wrong + batch.wrong(), images + batch.size());
  }

  /** Returns the means; NaN where there are no images. */
  public Evaluation evaluation() {
    return new Evaluation(lossSum / images, (double) wrong / images, images);
  }
}
