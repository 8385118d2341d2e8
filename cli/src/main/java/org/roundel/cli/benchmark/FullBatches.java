package org.roundel.cli.benchmark;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.core.batch.BatchReader;

/** Endless batches of the full size: pass after pass, each without its smaller last batch. */
final class FullBatches {
  private final BatchReader reader;
  private final int perPass;
  private int pass;
  private int left;

  FullBatches(BatchReader reader) {
    this.reader = reader;
    this.perPass = reader.fullBatchesPerPass();
  }

  /** Starts the next pass if this one is at its end. */
  void prepare() {
    if (left == 0) {
      pass++;
      reader.start(pass, 0);
      left = perPass;
    }
  }

  Batch next() throws IOException {
    left--;
    @Nullable Batch batch = reader.next();
    return Objects.requireNonNull(batch, "a pass over the images ended early");
  }
}
