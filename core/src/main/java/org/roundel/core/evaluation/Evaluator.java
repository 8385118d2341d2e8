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
   * Evaluates the net between two updates; its weights and statistics are as before afterwards.
   *
   * @param nextStep the number of the update that follows
   * @param latent whether to evaluate the latent weights too, if there are any
   * @param stop polled after every batch
   * @return the result, or null if {@code stop} said so before the end
   */
  public @Nullable TestErrors errors(long nextStep, boolean latent, BooleanSupplier stop)
      throws IOException {
    net.step().quantize(nextStep);
    Evaluation shipped = net.withShippedWeights(nextStep, () -> evaluate(stop));
    if (shipped == null) {
      return null;
    }
    if (!latent || !net.keepsLatentWeights()) {
      return new TestErrors(shipped, null);
    }
    Evaluation ofLatent = latent(nextStep, stop);
    return ofLatent == null ? null : new TestErrors(shipped, ofLatent);
  }

  /** Evaluates the latent weights; null if {@code stop} said so before the end. */
  public @Nullable Evaluation latent(long nextStep, BooleanSupplier stop) throws IOException {
    return net.withLatentWeights(nextStep, () -> evaluate(stop));
  }

  /** Evaluates what is in place; null if {@code stop} said so before the end. */
  public @Nullable Evaluation evaluate(BooleanSupplier stop) throws IOException {
    RunningError total = new RunningError();
    ComponentCalls calls = net.calls();
    calls.enter(ComponentKind.DATASET);
    testBatches.start(1, 0);
    for (Batch batch = testBatches.next(); batch != null; batch = testBatches.next()) {
      calls.enter(ComponentKind.MODEL);
      BatchResult result = net.model().evaluate(batch);
      calls.leave();
      total.add(result);
      if (stop.getAsBoolean()) {
        return null;
      }
      calls.enter(ComponentKind.DATASET);
    }
    calls.leave();
    return total.evaluation();
  }
}
