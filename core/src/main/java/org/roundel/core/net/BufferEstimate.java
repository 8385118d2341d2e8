package org.roundel.core.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.Model;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.component.ComponentCalls;
import org.roundel.core.plugin.ComponentKind;

/**
 * Estimates a model's running statistics anew, for weights that training does not compute with (Wu
 * and Johnson, "Rethinking 'Batch' in BatchNorm", 2021: precise batch normalisation).
 *
 * <p>The images are training images, in an order and with an augmentation of their own, those of an
 * epoch 0: always the same ones, so that the same weights give the same statistics at any time, and
 * no random number of training is used or moved.
 */
public final class BufferEstimate implements AutoCloseable {
  /**
   * A moving average that keeps 0.9 is as exact as the mean of (1 + 0.9)/(1 − 0.9) = 19 batches.
   */
  static final int BATCHES = 20;

  /**
   * A mean of so many images has a standard error of at most 1/√2048 = 2.2 % of the deviation
   * between images, and a variance of normal numbers one of √(2/2048) = 3.1 %.
   */
  static final int IMAGES = 2048;

  private final Dataset dataset;
  private final int batchSize;
  private final long seed;
  private @Nullable BatchReader batches;

  public BufferEstimate(Dataset dataset, int batchSize, long seed) {
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /** Sets the buffers to what fits the parameters' values that are in place. */
  void apply(Model model, ComponentCalls calls) throws IOException {
    calls.enter(ComponentKind.DATASET);
    BatchReader reader = batches;
    if (reader == null) {
      // Only now, because most runs never need its memory.
      reader = new BatchReader(dataset, Split.TRAIN, batchSize, seed);
      batches = reader;
    }
    reader.start(0, 0);
    long images = 0;
    for (int index = 0; index < BATCHES || images < IMAGES; index++) {
      calls.enter(ComponentKind.DATASET);
      Batch batch = reader.next();
      if (batch == null) {
        break;
      }
      calls.enter(ComponentKind.MODEL);
      model.estimateBuffers(batch, images, RandomSource.of(seed, RandomPurpose.STATISTICS, index));
      images += batch.size();
    }
    reader.close();
    calls.leave();
  }

  @Override
  public void close() {
    if (batches != null) {
      batches.close();
    }
  }
}
