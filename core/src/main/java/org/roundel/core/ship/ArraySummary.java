package org.roundel.core.ship;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;

/**
 * What one array of a net takes, and what is in it.
 *
 * @param name the array's
 * @param shape its sizes
 * @param bits of each number in a file
 * @param quantized whether the run quantizes it, by its record or its setting
 * @param bytes packed, with the levels or scales that it needs
 * @param levels the values found and how often; empty for floats, and before training
 */
public record ArraySummary(
    String name,
    List<Integer> shape,
    int bits,
    boolean quantized,
    long bytes,
    List<FoundLevel> levels) {
  /**
   * A level and how often it was found.
   *
   * @param value the level itself; where each filter has a scale of its own, what that is
   *     multiplied by
   * @param count how many numbers have it
   */
  public record FoundLevel(double value, long count) {}

  /** Copies the lists. */
  public ArraySummary {
    shape = List.copyOf(shape);
    levels = List.copyOf(levels);
  }

  /** Returns the summary of a trained array. */
  static ArraySummary of(String name, NetArray array, boolean quantized) {
    Levels levels = array.levels();
    if (levels == null) {
      return new ArraySummary(
          name, array.shape(), array.bits(), quantized, array.bytes(), List.of());
    }
    long[] counts = new long[levels.count()];
    for (int element = 0; element < array.length(); element++) {
      counts[array.index(element)]++;
    }
    List<FoundLevel> found = new ArrayList<>();
    for (int index = 0; index < counts.length; index++) {
      if (counts[index] > 0) {
        double value =
            levels.isPerFilter()
                ? (double) levels.multiples()[index] / levels.divisor()
                : levels.value(0, index);
        found.add(new FoundLevel(value, counts[index]));
      }
    }
    int kept = levels.isScaled() ? levels.scales().length : levels.count();
    return new ArraySummary(
        name,
        array.shape(),
        array.bits(),
        quantized,
        array.bytes() + (long) Float.BYTES * kept,
        found);
  }

  /** Returns the summary of an array that is not trained yet. */
  static ArraySummary untrained(String name, List<Integer> shape, int bits, boolean quantized) {
    long numbers = numbers(shape);
    return new ArraySummary(name, shape, bits, quantized, (numbers * bits + 7) / 8, List.of());
  }

  private static long numbers(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  /** Returns how many numbers it has. */
  public long numbers() {
    return numbers(shape);
  }
}
