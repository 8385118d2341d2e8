package org.roundel.datasets.augmentation;

import java.util.List;
import java.util.Locale;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;

/**
 * What is done to training images and not to test images.
 *
 * @param augment whether they are augmented in the dataset's own way, mirroring included
 * @param flip which are mirrored, where they are augmented
 * @param cutout what is cut out, at the end, whether they are augmented or not
 */
public record TrainingTransform(boolean augment, Flip flip, Cutout cutout) {
  /** Which images are mirrored. */
  public static final Option<String> FLIP =
      Option.choice(
          "flip",
          "random",
          List.of("random", "alternating", "none"),
          "where 'augment' is true, which training images are mirrored: half of them at random,"
              + " each in every second epoch, or none");

  /** Declares the option of what is cut out of images, at most this many pixels. */
  public static Option<Integer> cutout(int most) {
    return Option.integer(
        "cutout",
        0,
        0,
        most,
        "side of a square at a random place of each training image that is set to the mean; 0 for"
            + " none");
  }

  /**
   * Reads the options of a dataset.
   *
   * @param augment the dataset's own
   * @param cutout one of {@link #cutout}
   * @throws InvalidInputException if they contradict each other
   */
  public static TrainingTransform of(
      String dataset, Options options, Option<Boolean> augment, Option<Integer> cutout) {
    Flip flip = Flip.valueOf(options.get(FLIP).toUpperCase(Locale.ROOT));
    if (flip == Flip.ALTERNATING && !options.get(augment)) {
      throw new InvalidInputException(
          dataset
              + ": option 'flip' is alternating, but 'augment' is false, so no image is mirrored;"
              + " set 'augment' to true, or leave 'flip' out");
    }
    return new TrainingTransform(options.get(augment), flip, new Cutout(options.get(cutout)));
  }
}
