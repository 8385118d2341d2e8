package org.roundel.core.ship;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.quantizer.Quantizer;

/**
 * Writes an array that a run quantized as indices into levels. How many levels there are is what
 * the quantizer promises; what the values are is found in the array, and holds to the last bit for
 * every number of it, or is not taken.
 *
 * <p>Whole multiples of a scale come first, of one for the array and then of one for each filter,
 * and the values themselves as a table last.
 */
final class LevelSearch {
  /** How many multiples a scale may have, and how it is found. */
  private static final class Form {
    private final int[] multiples;
    private final int divisor;
    private final boolean byLargest;

    Form(int[] multiples, int divisor, boolean byLargest) {
      this.multiples = multiples;
      this.divisor = divisor;
      this.byLargest = byLargest;
    }

    Levels levels(float[] scales) {
      return Levels.scaled(multiples, divisor, scales);
    }

    /** Returns the scale for which these numbers may be the multiples. */
    float scale(float[] numbers, int from, int to) {
      float largest = 0;
      float least = Float.MAX_VALUE;
      for (int index = from; index < to; index++) {
        float magnitude = Math.abs(numbers[index]);
        largest = Math.max(largest, magnitude);
        least = magnitude > 0 ? Math.min(least, magnitude) : least;
      }
      return byLargest || largest == 0 ? largest : least;
    }
  }

  private LevelSearch() {}

  /**
   * Returns an array with its levels; without, where its values are not bound to so many.
   *
   * @param shape the first dimension is the output channel
   */
  static NetArray find(List<Integer> shape, float[] values, Quantizer quantizer) {
    int count = quantizer.distinctValues();
    if (count < 1 || count > 65_536) {
      return NetArray.floats(shape, values);
    }
    float[] fixed = quantizer.levels();
    for (Levels levels : fixed.length > 0 ? fixed(fixed) : found(values, count, shape.get(0))) {
      NetArray array = indexed(shape, values, levels);
      if (array != null) {
        return array;
      }
    }
    return NetArray.floats(shape, values);
  }

  /** Returns what a grid can be written as that the quantizer names. */
  private static List<Levels> fixed(float[] grid) {
    List<Levels> all = new ArrayList<>();
    for (Form form : forms(grid.length)) {
      Levels levels = scaled(form, grid, 1);
      if (levels != null && Arrays.equals(levels.values(0), grid)) {
        all.add(levels);
      }
    }
    all.add(Levels.of(grid));
    return all;
  }

  /** Returns what the levels of these values may be. */
  private static List<Levels> found(float[] values, int count, int filters) {
    List<Levels> all = new ArrayList<>();
    for (int scales : new int[] {1, filters}) {
      for (Form form : forms(count)) {
        Levels levels = scaled(form, values, scales);
        if (levels != null) {
          all.add(levels);
        }
      }
    }
    Levels table = table(values, count);
    if (table != null) {
      all.add(table);
    }
    return all;
  }

  private static List<Form> forms(int count) {
    List<Form> forms = new ArrayList<>();
    if (count % 2 == 0) {
      // −1 and 1, or −3, −1, 1, 3: no 0, and the ends are the scale itself.
      forms.add(new Form(multiples(count, 1 - count, 2), count - 1, true));
      forms.add(new Form(multiples(count, -count / 2, 1), 1, false));
    } else if (count > 1) {
      forms.add(new Form(multiples(count, -(count / 2), 1), count / 2, true));
      forms.add(new Form(multiples(count, -(count / 2), 1), 1, false));
    }
    return forms;
  }

  private static int[] multiples(int count, int first, int step) {
    int[] multiples = new int[count];
    for (int index = 0; index < count; index++) {
      multiples[index] = first + index * step;
    }
    return multiples;
  }

  /** Returns levels with so many scales, or null if a scale is no finite number. */
  private static @Nullable Levels scaled(Form form, float[] numbers, int filters) {
    float[] scales = new float[filters];
    int size = numbers.length / filters;
    for (int filter = 0; filter < filters; filter++) {
      scales[filter] = form.scale(numbers, filter * size, (filter + 1) * size);
      if (!Float.isFinite(scales[filter])) {
        return null;
      }
    }
    return form.levels(scales);
  }

  /** Returns the values that there are, or null if they are too many or no numbers. */
  private static @Nullable Levels table(float[] values, int most) {
    TreeSet<Float> distinct = new TreeSet<>();
    for (float value : values) {
      distinct.add(value + 0f);
      if (!Float.isFinite(value) || distinct.size() > most) {
        return null;
      }
    }
    float[] table = new float[distinct.size()];
    int index = 0;
    for (float value : distinct) {
      table[index++] = value;
    }
    return Levels.of(table);
  }

  /** Returns the array as indices, or null if one of its numbers is none of the levels. */
  private static @Nullable NetArray indexed(List<Integer> shape, float[] values, Levels levels) {
    char[] indices = new char[values.length];
    int size = values.length / shape.get(0);
    float[] row = levels.values(0);
    for (int element = 0; element < values.length; element++) {
      if (levels.isPerFilter() && element % size == 0) {
        row = levels.values(element / size);
      }
      // Adding 0 turns −0 into 0.
      int index = Arrays.binarySearch(row, values[element] + 0f);
      if (index < 0) {
        return null;
      }
      indices[element] = (char) index;
    }
    return NetArray.quantized(shape, levels, indices);
  }
}
