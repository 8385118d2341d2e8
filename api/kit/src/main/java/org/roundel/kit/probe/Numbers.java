package org.roundel.kit.probe;

import java.util.Arrays;
import java.util.List;
import org.roundel.kit.rule.RuleViolation;

/** Arrays of numbers in messages. */
public final class Numbers {
  private static final int MOST = 8;

  private Numbers() {}

  /** Returns the first values of an array, and how many there are. */
  public static String text(float[] values) {
    if (values.length <= MOST) {
      return Arrays.toString(values);
    }
    String first = Arrays.toString(Arrays.copyOf(values, MOST));
    return first.substring(0, first.length() - 1) + ", ... " + values.length + " in all]";
  }

  /** Throws if a value is NaN or infinite. */
  public static void requireFinite(float[] values, String what) {
    for (int index = 0; index < values.length; index++) {
      if (!Float.isFinite(values[index])) {
        throw RuleViolation.of(values[index] + " at " + index + " of " + what, "finite numbers");
      }
    }
  }

  /** Returns the bit patterns of all the arrays' values, one array after the other. */
  public static int[] bits(List<float[]> arrays) {
    int length = 0;
    for (float[] array : arrays) {
      length += array.length;
    }
    float[] all = new float[length];
    int position = 0;
    for (float[] array : arrays) {
      System.arraycopy(array, 0, all, position, array.length);
      position += array.length;
    }
    return GuardedTensor.bits(all);
  }
}
