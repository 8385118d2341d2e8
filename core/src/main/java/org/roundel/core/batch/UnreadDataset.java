package org.roundel.core.batch;

import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;

/**
 * A dataset whose images nobody looks at, since others read and compute them: each is one pixel
 * that stays as it is, of class 0. There are as many as of the dataset it stands for.
 */
public final class UnreadDataset implements Dataset {
  private static final InputShape PIXEL = new InputShape(1, 1, 1);

  private final Dataset images;

  /**
   * Makes one.
   *
   * @param images closed by whoever has made it
   */
  public UnreadDataset(Dataset images) {
    this.images = images;
  }

  @Override
  public InputShape inputShape() {
    return PIXEL;
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
  public int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image) {
    return 0;
  }

  @Override
  public String fingerprint() {
    return images.fingerprint();
  }

  @Override
  public void close() {}
}
