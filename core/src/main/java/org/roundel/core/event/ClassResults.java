package org.roundel.core.event;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a net says of labelled images, class by class.
 *
 * @param classNames the names of the classes; a class is a position in this list
 * @param confusion which classes were taken for which
 * @param outsideTopFive how many images have five classes or more whose score is larger than that
 *     of their own, or as large and before it in the list
 */
public record ClassResults(
    List<String> classNames, ConfusionMatrix confusion, long outsideTopFive) {
  /** How many classes a net may name for its top-5 error. */
  public static final int TOP = 5;

  /** Copies the list. */
  public ClassResults {
    classNames = List.copyOf(classNames);
    if (classNames.size() != confusion.classes()) {
      throw new IllegalArgumentException(
          classNames.size() + " names of " + confusion.classes() + " classes");
    }
  }

  /**
   * Returns the share of images whose own class is not among the five likeliest, in [0, 1]; empty
   * where there are no more than five classes.
   */
  public OptionalDouble topFiveError() {
    return classNames.size() > TOP
        ? OptionalDouble.of((double) outsideTopFive / confusion.images())
        : OptionalDouble.empty();
  }
}
