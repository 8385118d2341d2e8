package org.roundel.datasets.array;

import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.random.RandomSource;
import org.roundel.datasets.augmentation.TrainingTransform;
import org.roundel.datasets.file.Sha256;

/**
 * A dataset whose images lie in memory as bytes, normalised as they are read.
 *
 * <p>With augmentation on, a training image is padded by 4 on every side, a window of the image's
 * own size is cut out at a random place, and it is mirrored left to right as {@link
 * org.roundel.datasets.augmentation.Flip} says: by default the augmentation of He, Zhang, Ren and
 * Sun, <em>Deep Residual Learning for Image Recognition</em>, 2015. As in the authors' public Torch
 * code the padding comes after normalisation, so the padded zeros stand for the mean value and not
 * for black.
 *
 * <p>Elements of the random source: 0 the window's row, 1 its column, 2 the mirroring, 3 and 4 the
 * place of what is cut out.
 *
 * <p>{@link #read} allocates nothing. The fingerprint covers the images and labels as they are in
 * memory, so it does not depend on how a file was compressed, and it differs when a limit keeps
 * fewer images.
 */
public final class ImageArrayDataset implements Dataset {
  /** How far an augmented image may be shifted, and so how wide the padding is. */
  static final int PADDING = 4;

  private static final int MIRROR_ELEMENT = 2;
  private static final int CUTOUT_ELEMENT = 3;

  private final InputShape shape;
  private final List<String> classNames;
  private final Normalization normalization;
  private final TrainingTransform transform;
  private final List<String> notices;
  private final int trainSize;
  private final int testSize;
  private volatile @Nullable ImageArray train;
  private volatile @Nullable ImageArray test;
  private @Nullable String fingerprint;

  public ImageArrayDataset(
      ImageArray train,
      ImageArray test,
      List<String> classNames,
      Normalization normalization,
      TrainingTransform transform,
      List<String> notices) {
    if (!train.shape().equals(test.shape())
        || train.shape().channels() != normalization.channels()) {
      throw new IllegalArgumentException(
          train.shape() + ", " + test.shape() + ", " + normalization.channels() + " channels");
    }
    this.shape = train.shape();
    this.classNames = List.copyOf(classNames);
    this.normalization = normalization;
    this.transform = transform;
    this.notices = List.copyOf(notices);
    this.trainSize = train.size();
    this.testSize = test.size();
    this.train = train;
    this.test = test;
  }

  @Override
  public InputShape inputShape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public int size(Split split) {
    return split == Split.TRAIN ? trainSize : testSize;
  }

  @Override
  public int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image) {
    ImageArray images = images(split);
    Objects.checkIndex(index, images.size());
    if (augmentation == null) {
      write(images.pixels(), index, image);
      return images.label(index);
    }
    RandomSource random = augmentation.random();
    if (transform.augment()) {
      int rowShift = random.below(2 * PADDING + 1, 0) - PADDING;
      int columnShift = random.below(2 * PADDING + 1, 1) - PADDING;
      boolean mirror = transform.flip().mirrors(augmentation, MIRROR_ELEMENT);
      writeShifted(images.pixels(), index, rowShift, columnShift, mirror, image);
    } else {
      write(images.pixels(), index, image);
    }
    transform.cutout().apply(image, shape, random, CUTOUT_ELEMENT);
    return images.label(index);
  }

  private void write(byte[] pixels, int index, FloatBuffer image) {
    int length = shape.length();
    int area = shape.height() * shape.width();
    int first = index * length;
    for (int channel = 0; channel < shape.channels(); channel++) {
      int end = (channel + 1) * area;
      for (int position = channel * area; position < end; position++) {
        image.put(position, normalization.apply(channel, pixels[first + position]));
      }
    }
  }

  private void writeShifted(
      byte[] pixels, int index, int rowShift, int columnShift, boolean mirror, FloatBuffer image) {
    int height = shape.height();
    int width = shape.width();
    int step = mirror ? -1 : 1;
    int position = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < height; row++) {
        int sourceRow = row + rowShift;
        boolean inside = sourceRow >= 0 && sourceRow < height;
        int rowStart = ((index * shape.channels() + channel) * height + sourceRow) * width;
        int sourceColumn = (mirror ? width - 1 : 0) + columnShift;
        for (int column = 0; column < width; column++) {
          float value = 0;
          if (inside && sourceColumn >= 0 && sourceColumn < width) {
            value = normalization.apply(channel, pixels[rowStart + sourceColumn]);
          }
          image.put(position++, value);
          sourceColumn += step;
        }
      }
    }
  }

  @Override
  public synchronized String fingerprint() {
    if (fingerprint == null) {
      MessageDigest digest = Sha256.digest();
      for (Split split : Split.values()) {
        ImageArray images = images(split);
        Sha256.updateText(digest, split + " " + images.size() + " " + shape);
        digest.update(images.labels());
        digest.update(images.pixels());
      }
      fingerprint = Sha256.hex(digest);
    }
    return fingerprint;
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public Optional<PixelScaling> pixelScaling() {
    return Optional.of(normalization.scaling());
  }

  @Override
  public void close() {
    train = null;
    test = null;
  }

  private ImageArray images(Split split) {
    ImageArray images = split == Split.TRAIN ? train : test;
    if (images == null) {
      throw new IllegalStateException("the dataset is closed");
    }
    return images;
  }
}
