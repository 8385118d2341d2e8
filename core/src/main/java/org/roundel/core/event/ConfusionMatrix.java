package org.roundel.core.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How many images of each class a net took for which class. Immutable. It takes as much memory as
 * there are classes and pairs of them that occur.
 */
public final class ConfusionMatrix {
  /** The place of a class of images that were taken for none: their scores are not numbers. */
  public static final int NONE = -1;

  private static final Comparator<Cell> MOST_FIRST =
      Comparator.comparingInt(Cell::images)
          .reversed()
          .thenComparingInt(Cell::actual)
          .thenComparingInt(Cell::predicted);

  private final int classes;
  private final Map<Pair, Integer> counts;
  private final int[] images;

  /**
   * A class of images, and the one that they were taken for.
   *
   * @param actual their own class
   * @param predicted the class that they were taken for, or {@link #NONE}
   */
  public record Pair(int actual, int predicted) {}

  /**
   * How many images there are of a pair.
   *
   * @param actual their own class
   * @param predicted the class that they were taken for
   * @param images how many, at least 1
   */
  public record Cell(int actual, int predicted, int images) {}

  /**
   * Makes a matrix.
   *
   * @param classes how many classes there are
   * @param counts how many images there are of each pair, at least 1; copied
   */
  public ConfusionMatrix(int classes, Map<Pair, Integer> counts) {
    this.classes = classes;
    this.counts = Map.copyOf(counts);
    this.images = new int[classes];
    counts.forEach((pair, count) -> images[pair.actual()] += count);
  }

  /** Returns how many classes there are. */
  public int classes() {
    return classes;
  }

  /** Returns how many images of a class were taken for a class, or for {@link #NONE}. */
  public int count(int actual, int predicted) {
    return counts.getOrDefault(new Pair(actual, predicted), 0);
  }

  /** Returns how many images of a class there are. */
  public int images(int actual) {
    return images[actual];
  }

  /** Returns how many images there are. */
  public long images() {
    long sum = 0;
    for (int count : images) {
      sum += count;
    }
    return sum;
  }

  /** Returns how many images were taken for no class. */
  public long unclassified() {
    long sum = 0;
    for (int actual = 0; actual < classes; actual++) {
      sum += count(actual, NONE);
    }
    return sum;
  }

  /** Returns how many images of a class were not given it. */
  public int wrong(int actual) {
    return images(actual) - count(actual, actual);
  }

  /** Returns the share of a class's images not given it, in [0, 1]; NaN where it has none. */
  public double error(int actual) {
    return (double) wrong(actual) / images(actual);
  }

  /** Returns the share of all images not given their own class, in [0, 1]. */
  public double error() {
    long wrong = 0;
    for (int actual = 0; actual < classes; actual++) {
      wrong += wrong(actual);
    }
    return (double) wrong / images();
  }

  /** Returns the classes that have images in the order of their errors, the largest first. */
  public List<Integer> byError() {
    List<Integer> order = new ArrayList<>();
    for (int actual = 0; actual < classes; actual++) {
      if (images(actual) > 0) {
        order.add(actual);
      }
    }
    order.sort(Comparator.comparingDouble((Integer actual) -> -error(actual)));
    return order;
  }

  /** Returns which classes were taken for which others, most images first. */
  public List<Cell> confusions() {
    List<Cell> cells = new ArrayList<>();
    counts.forEach(
        (pair, count) -> {
          if (pair.predicted() != pair.actual() && pair.predicted() != NONE) {
            cells.add(new Cell(pair.actual(), pair.predicted(), count));
          }
        });
    cells.sort(MOST_FIRST);
    return cells;
  }
}
