package org.roundel.core.shard;

import java.util.List;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;

/**
 * What the parts of a batch gave together, added in their order: loss and buffers as means weighted
 * by images, wrong images as a sum.
 */
final class PartTotals implements PartsPass.Outcomes {
  private final BufferMean buffers;
  private double loss;
  private int wrong;

  PartTotals(List<Buffer> buffers) {
    this.buffers = new BufferMean(buffers);
  }

  @Override
  public void add(int index, double weight, BatchResult result) {
    if (index == 0) {
      loss = 0;
      wrong = 0;
    }
    buffers.add(weight, index == 0);
    loss += weight * result.loss();
    wrong += result.wrong();
  }

  /** Returns the batch's result and sets the buffers to the mean of what its parts made of them. */
  BatchResult place(int images) {
    buffers.place();
    return new BatchResult(loss, wrong, images);
  }
}
