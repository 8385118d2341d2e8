package org.roundel.datasets.file;

import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Split;

/** The options that keep only the first images of a split, for quick experiments. */
public final class Limits {
  public static final Option<Integer> TRAIN =
      Option.integer(
          "train-limit", 0, 0, Integer.MAX_VALUE, "keep only the first N training images; 0 = all");
  public static final Option<Integer> TEST =
      Option.integer(
          "test-limit", 0, 0, Integer.MAX_VALUE, "keep only the first N test images; 0 = all");
  static final List<Option<?>> OPTIONS = List.of(TRAIN, TEST);

  private Limits() {}

  /**
   * Returns how many of a split's images to keep.
   *
   * @throws InvalidInputException if more images are asked for than there are
   */
  public static int keep(Options options, Split split, int available) {
    Option<Integer> option = split == Split.TRAIN ? TRAIN : TEST;
    int limit = options.get(option);
    if (limit > available) {
      throw new InvalidInputException(
          "option '"
              + option.name()
              + "' asks for "
              + Messages.grouped(limit)
              + " images of "
              + Messages.grouped(available)
              + "; give at most that many, or 0 for all");
    }
    return limit == 0 ? available : limit;
  }
}
