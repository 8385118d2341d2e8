package org.roundel.core.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;

/** Another dataset that counts how many training images were read. */
public class CountingDataset implements Dataset {
  final AtomicInteger trainingReads = new AtomicInteger();
  private final Dataset images;

  public CountingDataset(Dataset images) {
    this.images = images;
  }

  @Override
  public InputShape inputShape() {
    return images.inputShape();
  }

  @Override
  public List<String> classNames() {
    return images.classNames();
  }

  @Override
  public int size(Split split) {
    return images.size(split);
  }

  @Override
  public int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
      throws IOException {
    if (split == Split.TRAIN) {
      trainingReads.incrementAndGet();
    }
    return images.read(split, index, augmentation, image);
  }

  @Override
  public String fingerprint() {
    return images.fingerprint();
  }

  @Override
  public void close() {
    images.close();
  }
}
