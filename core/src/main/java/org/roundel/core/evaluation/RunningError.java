package org.roundel.core.evaluation;

import org.roundel.api.model.BatchResult;
import org.roundel.core.event.Evaluation;

/** Loss and error summed over batches. */
public final class RunningError {
  private double lossSum;
  private long wrong;
  private long images;

  public RunningError() {}

  public RunningError(double lossSum, long wrong, long images) {
    this.lossSum = lossSum;
    this.wrong = wrong;
    this.images = images;
  }

  public void add(BatchResult result) {
    lossSum += result.loss() * result.size();
    wrong += result.wrong();
    images += result.size();
  }

  public double lossSum() {
    return lossSum;
  }

  public long wrong() {
    return wrong;
  }

  public long images() {
    return images;
  }

  /** Returns the means; all images so far. */
  public Evaluation evaluation() {
    return new Evaluation(lossSum / images, (double) wrong / images, images);
  }
}
