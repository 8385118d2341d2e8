package org.roundel.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.roundel.api.net.Levels;

/**
 * Levels as QONNX has them: whole numbers times a step, or times a step of each filter.
 *
 * @param least the smallest whole number
 * @param largest the largest one
 * @param bipolar whether they are −1 and 1 and no others
 * @param steps one for the whole array or one for each filter
 */
record EvenGrid(int least, int largest, boolean bipolar, List<Float> steps) {
  /** The widest whole numbers that are looked for in a table. */
  private static final int LARGEST = 127;

  /** Returns the levels in this form; empty if a table's values are no multiples of one step. */
  static Optional<EvenGrid> of(Levels levels) {
    if (levels.isScaled()) {
      List<Float> steps = new ArrayList<>();
      for (float scale : levels.scales()) {
        steps.add((float) ((double) scale / levels.divisor()));
      }
      return Optional.of(of(levels.multiples(), steps));
    }
    float[] values = levels.values(0);
    float step = 0;
    for (float value : values) {
      float magnitude = Math.abs(value);
      step = magnitude > 0 && (step == 0 || magnitude < step) ? magnitude : step;
    }
    int[] multiples = new int[values.length];
    for (int index = 0; index < values.length; index++) {
      double multiple = step == 0 ? 0 : Math.rint((double) values[index] / step);
      if (Math.abs(multiple) > LARGEST || (float) (multiple * step) != values[index]) {
        return Optional.empty();
      }
      multiples[index] = (int) multiple;
    }
    return Optional.of(of(multiples, List.of(step)));
  }

  private static EvenGrid of(int[] multiples, List<Float> steps) {
    return new EvenGrid(
        multiples[0],
        multiples[multiples.length - 1],
        Arrays.equals(multiples, new int[] {-1, 1}),
        steps);
  }

  boolean signed() {
    return least < 0;
  }

  /** Returns the bits of the narrowest integer that holds all. */
  int bits() {
    if (!signed()) {
      return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(largest));
    }
    int bits = 2;
    while (least < -(1 << (bits - 1)) || largest >= 1 << (bits - 1)) {
      bits++;
    }
    return bits;
  }

  /** Returns whether the lowest number of so many bits is none of them. */
  boolean narrow() {
    return signed() && least > -(1 << (bits() - 1));
  }
}
