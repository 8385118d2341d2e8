package org.roundel.datasets.image;

import java.awt.Rectangle;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.random.RandomSource;
import org.roundel.datasets.augmentation.Flip;

/**
 * ImageNet's training and test transforms, as in He et al.'s public Torch code (fb.resnet.torch):
 * from an image of any size to a square one, normalised by ImageNet's mean and standard deviation.
 *
 * <p>Training: a random window of 8 % to 100 % of the area and an aspect ratio of 3/4 to 4/3,
 * resized; {@link ColorAugmentation}; mirrored as {@link Flip} says. Testing: the shorter side
 * resized, the square in the middle cut out. Resizing is {@link ResamplingAxis bilinear with
 * antialiasing} (the Torch code's is bicubic in training).
 *
 * <p>Elements of the random source: {@value #DRAWS} for each of {@value #ATTEMPTS} attempts at a
 * window, then the colours', then the mirroring's.
 */
public final class ImageNetTransform {
  private static final float[] MEANS = {0.485f, 0.456f, 0.406f};
  private static final float[] STANDARD_DEVIATIONS = {0.229f, 0.224f, 0.225f};
  private static final int ATTEMPTS = 10;
  private static final int DRAWS = 5;
  private static final int MIRROR_ELEMENT = ATTEMPTS * DRAWS;
  private static final int COLOR_ELEMENT = MIRROR_ELEMENT + 1;

  /** The first element of the random source that no image is transformed by. */
  public static final int FREE_ELEMENT = COLOR_ELEMENT + ColorAugmentation.ELEMENTS;

  private final int size;
  private final int resize;

  /**
   * Makes the transforms.
   *
   * @param size side of the result
   * @param resize length to which a test image's shorter side is brought, at least {@code size}
   */
  public ImageNetTransform(int size, int resize) {
    this.size = size;
    this.resize = resize;
  }

  /** Returns what is done to pixels, on the scale 0 to 255. */
  public static PixelScaling scaling() {
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int channel = 0; channel < MEANS.length; channel++) {
      means.add(255.0 * MEANS[channel]);
      deviations.add(255.0 * STANDARD_DEVIATIONS[channel]);
    }
    return new PixelScaling(means, deviations);
  }

  /** Returns which part of an image {@link #train} needs. */
  public ImagePart trainPart(Augmentation augmentation) {
    return (width, height) -> randomCut(width, height, augmentation.random()).part();
  }

  /** Returns which part of an image {@link #test} needs. */
  public ImagePart testPart() {
    return (width, height) -> middleCut(width, height, resize).part();
  }

  /**
   * Writes the training image for this augmentation.
   *
   * @param image its {@link #trainPart} at least
   * @param workspace to work in
   */
  public void train(
      DecodedImage image,
      Augmentation augmentation,
      Flip flip,
      Workspace workspace,
      FloatBuffer target) {
    RandomSource random = augmentation.random();
    float[] pixels = randomCut(image.width(), image.height(), random).of(image, workspace);
    ColorAugmentation.apply(pixels, random, COLOR_ELEMENT);
    write(pixels, flip.mirrors(augmentation, MIRROR_ELEMENT), target);
  }

  /**
   * Writes the test image.
   *
   * @param image its {@link #testPart} at least
   * @param workspace to work in
   */
  public void test(DecodedImage image, Workspace workspace, FloatBuffer target) {
    Cut cut = middleCut(image.width(), image.height(), resize);
    write(cut.of(image, workspace), false, target);
  }

  /** How an image becomes a square. */
  private record Cut(ResamplingAxis rows, ResamplingAxis columns) {
    Rectangle part() {
      int top = rows.lowest();
      int left = columns.lowest();
      return new Rectangle(left, top, columns.highest() - left, rows.highest() - top);
    }

    float[] of(DecodedImage image, Workspace workspace) {
      return Resampler.resample(image, rows, columns, workspace);
    }
  }

  private Cut randomCut(int imageWidth, int imageHeight, RandomSource random) {
    double area = (double) imageWidth * imageHeight;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long element = (long) attempt * DRAWS;
      double windowArea = area * (0.08 + 0.92 * random.uniform(element));
      double ratio = 3.0 / 4 + (4.0 / 3 - 3.0 / 4) * random.uniform(element + 1);
      boolean upright = random.bits(element + 2) < 0;
      int longer = (int) Math.round(Math.sqrt(windowArea * ratio));
      int other = (int) Math.round(Math.sqrt(windowArea / ratio));
      int width = upright ? other : longer;
      int height = upright ? longer : other;
      if (width >= 1 && height >= 1 && width <= imageWidth && height <= imageHeight) {
        int left = random.below(imageWidth - width + 1, element + 3);
        int top = random.below(imageHeight - height + 1, element + 4);
        return new Cut(window(top, height), window(left, width));
      }
    }
    return middleCut(imageWidth, imageHeight, size);
  }

  private ResamplingAxis window(int start, int length) {
    return new ResamplingAxis(start, (double) length / size, start, start + length, size);
  }

  /** Brings the shorter side to {@code shorterSide} and cuts the middle out. */
  private Cut middleCut(int imageWidth, int imageHeight, int shorterSide) {
    int shorter = Math.min(imageWidth, imageHeight);
    return new Cut(
        middle(imageHeight, shorter, shorterSide), middle(imageWidth, shorter, shorterSide));
  }

  private ResamplingAxis middle(int length, int shorter, int shorterSide) {
    // Long, because an image may be one pixel high and a hundred million wide.
    long resized = (long) length * shorterSide / shorter;
    double scale = (double) length / resized;
    long offset = (resized - size) / 2;
    return new ResamplingAxis(offset * scale, scale, 0, length, size);
  }

  /** Normalises and mirrors row by row; the pixels are written over. */
  private void write(float[] pixels, boolean mirror, FloatBuffer target) {
    for (int channel = 0; channel < 3; channel++) {
      float mean = MEANS[channel];
      float standardDeviation = STANDARD_DEVIATIONS[channel];
      for (int row = 0; row < size; row++) {
        int start = (channel * size + row) * size;
        for (int position = start; position < start + size; position++) {
          pixels[position] = (pixels[position] - mean) / standardDeviation;
        }
        if (mirror) {
          mirror(pixels, start);
        }
      }
    }
    target.put(0, pixels, 0, 3 * size * size);
  }

  private void mirror(float[] pixels, int start) {
    for (int left = start, right = start + size - 1; left < right; left++, right--) {
      float moved = pixels[left];
      pixels[left] = pixels[right];
      pixels[right] = moved;
    }
  }
}
