package org.roundel.core.training;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Model;

/** Runs a net over a split in inference mode. */
final class Evaluator {
  private Evaluator() {}

  /**
   * Evaluates the net with the weights now in place.
   *
   * @param stop polled after every batch
   * @return the result, or null if {@code stop} said so before the end
   */
  static @Nullable Evaluation evaluate(Model model, BatchReader reader, BooleanSupplier stop)
      throws IOException {
    RunningError total = new RunningError();
    reader.start(1, 0);
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      BatchResult result = model.evaluate(batch);
      total.add(result);
      if (stop.getAsBoolean()) {
        return null;
      }
    }
    return total.evaluation();
  }
}
