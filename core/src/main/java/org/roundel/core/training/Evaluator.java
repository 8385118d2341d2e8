package org.roundel.core.training;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.core.plugin.ComponentKind;

/** Runs a net over a split in inference mode. */
final class Evaluator {
  private Evaluator() {}

  /**
   * Evaluates the net with the weights now in place.
   *
   * @param stop polled after every batch
   * @return the result, or null if {@code stop} said so before the end
   */
  static @Nullable Evaluation evaluate(TrainedNet net, BatchReader reader, BooleanSupplier stop)
      throws IOException {
    RunningError total = new RunningError();
    ComponentCalls calls = net.calls();
    calls.enter(ComponentKind.DATASET);
    reader.start(1, 0);
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
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
