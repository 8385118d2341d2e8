package org.roundel.core.evaluation;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.event.Evaluation;
import org.roundel.core.net.TrainedNet;
import org.roundel.core.plugin.ComponentKind;

/** Runs a net over the test images in inference mode. */
public final class Evaluator {
  private final TrainedNet net;
  private final BatchReader testBatches;

  public Evaluator(TrainedNet net, BatchReader testBatches) {
    this.net = net;
    this.testBatches = testBatches;
  }

  /**
   * Evaluates the weights that ship.
   *
   * @param nextStep the coming update
   * @param stop polled after every batch
   * @return null if {@code stop} said so before the end
   */
  public @Nullable Evaluation shipped(long nextStep, BooleanSupplier stop) throws IOException {
    return net.withShippedWeights(nextStep, () -> inPlace(stop));
  }

  /** Evaluates the latent weights, where there are any, as {@link #shipped} does its. */
  public @Nullable Evaluation latent(long nextStep, BooleanSupplier stop) throws IOException {
    return net.withLatentWeights(nextStep, () -> inPlace(stop));
  }

  /** Evaluates the weights and running statistics that are in place, in the same way. */
  public @Nullable Evaluation inPlace(BooleanSupplier stop) throws IOException {
    ErrorSum total = ErrorSum.NONE;
    ComponentCalls calls = net.calls();
    calls.enter(ComponentKind.DATASET);
    testBatches.start(1, 0);
    for (Batch batch = testBatches.next(); batch != null; batch = testBatches.next()) {
      calls.enter(ComponentKind.MODEL);
      BatchResult result = net.model().evaluate(batch);
      calls.leave();
      total = total.plus(result);
      if (stop.getAsBoolean()) {
        return null;
      }
      calls.enter(ComponentKind.DATASET);
    }
    calls.leave();
    return total.evaluation();
  }
}
