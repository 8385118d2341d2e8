package org.roundel.core.batch;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.api.net.PixelScaling;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunSettings;

/**
 * A dataset some of whose training images are held out: the others are its training images, and
 * those held out stand in the place of the test images and are transformed as these are.
 *
 * <p>Which ones is a function of the seed and of how many training images there are, so that all
 * methods with one seed hold out the same, and a smaller share is a part of a larger one. Both keep
 * their order. An image is augmented by its number in the dataset, as if nothing was held out.
 */
public final class HeldOutDataset implements Dataset {
  /** The step of a permutation that is none of an epoch. */
  private static final long STEP = 1L << 32;

  private final Dataset images;
  private final int[] kept;
  private final int[] heldOut;

  private HeldOutDataset(Dataset images, int[] kept, int[] heldOut) {
    this.images = images;
    this.kept = kept;
    this.heldOut = heldOut;
  }

  /**
   * Returns the dataset with a share of its training images held out, rounded to whole images; the
   * dataset itself if the share is 0.
   *
   * @param images closed by the result's {@code close}
   * @param share in [0, 1)
   * @param seed the run's
   * @throws RoundelException of kind CONFIGURATION if nothing would be held out, or all
   */
  public static Dataset of(Dataset images, double share, long seed) {
    if (share == 0) {
      return images;
    }
    int size = images.size(Split.TRAIN);
    int count = count(share, size);
    if (count == 0 || count == size) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%s is %s, which of %s training %s leaves %s; use more training images, or another"
                  + " share",
              RunSettings.VALIDATION.name(),
              share,
              size,
              size == 1 ? "image" : "images",
              count == 0 ? "none to validate with" : "none to train on"));
    }
    int[] order = EpochOrder.shuffled(seed, STEP, size);
    return new HeldOutDataset(images, sorted(order, count, size), sorted(order, 0, count));
  }

  private static int count(double share, int size) {
    return (int) Math.round(share * size);
  }

  private static int[] sorted(int[] order, int from, int to) {
    int[] part = Arrays.copyOfRange(order, from, to);
    Arrays.sort(part);
    return part;
  }

  /**
   * Returns how many of the images that are held out here another run has trained on.
   *
   * @param share what that run holds out of the same training images, in [0, 1)
   * @param seed that run's
   */
  public int trainedOn(double share, long seed) {
    int size = images.size(Split.TRAIN);
    int[] there = sorted(EpochOrder.shuffled(seed, STEP, size), 0, count(share, size));
    int both = 0;
    for (int index : heldOut) {
      both += Arrays.binarySearch(there, index) >= 0 ? 1 : 0;
    }
    return heldOut.length - both;
  }

  /** Returns the dataset that a plugin has made, be it this one or under it. */
  static Dataset ofPlugin(Dataset dataset) {
    return dataset instanceof HeldOutDataset held ? held.images : dataset;
  }

  /** Returns the index of a training image in that dataset; of another image its own. */
  static int indexOfPlugin(Dataset dataset, Split split, int index) {
    return split == Split.TRAIN && dataset instanceof HeldOutDataset held
        ? held.kept[index]
        : index;
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
    return indices(split).length;
  }

  @Override
  public int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
      throws IOException {
    int own = indices(split)[index];
    return images.read(
        Split.TRAIN, own, augmentation == null ? null : augmentation.forImage(own), image);
  }

  private int[] indices(Split split) {
    return split == Split.TRAIN ? kept : heldOut;
  }

  @Override
  public String fingerprint() {
    return images.fingerprint();
  }

  @Override
  public List<String> notices() {
    List<String> notices = new ArrayList<>(images.notices());
    notices.add(
        String.format(
            Locale.ROOT,
            "%,d of the %,d training images are held out for validation; the test images are met"
                + " once, by the best checkpoint, when the run has ended",
            heldOut.length,
            images.size(Split.TRAIN)));
    return notices;
  }

  @Override
  public Optional<PixelScaling> pixelScaling() {
    return images.pixelScaling();
  }

  @Override
  public void close() {
    images.close();
  }
}
