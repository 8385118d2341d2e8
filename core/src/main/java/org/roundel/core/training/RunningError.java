package org.roundel.core.training;

import org.roundel.api.model.BatchResult;

/** Loss and error summed over batches. */
final class RunningError {
  private double lossSum;
  private long wrong;
  private long images;

  RunningError() {}

  RunningError(double lossSum, long wrong, long images) {
    this.lossSum = lossSum;
    this.wrong = wrong;
    this.images = images;
  }

  void add(BatchResult result) {
    lossSum += result.loss() * result.size();
    wrong += result.wrong();
    images += result.size();
  }

  double lossSum() {
    return lossSum;
  }

  long wrong() {
    return wrong;
  }

  long images() {
    return images;
  }

  /** Returns the means; all images so far. */
  Evaluation evaluation() {
    return new Evaluation(lossSum / images, (double) wrong / images, images);
  }
}
