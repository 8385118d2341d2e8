package org.roundel.kit.probe;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.Tensors;
import org.roundel.kit.rule.RuleViolation;

/**
 * An array that is a view into the middle of a larger one, as a model's parameters are, and that
 * tells whether anything beside it was written.
 */
public final class GuardedTensor {
  private static final int MARGIN = 13;
  private static final float GUARD = 12345.678f;

  private final INDArray whole;
  private final INDArray tensor;

  private GuardedTensor(INDArray whole, INDArray tensor) {
    this.whole = whole;
    this.tensor = tensor;
  }

  /** Returns a float32 array with a copy of the values, in c order. */
  public static GuardedTensor of(float[] values, long... shape) {
    float[] all = new float[values.length + 2 * MARGIN];
    Arrays.fill(all, GUARD);
    System.arraycopy(values, 0, all, MARGIN, values.length);
    INDArray whole = Nd4j.createFromArray(all);
    INDArray tensor =
        whole.get(NDArrayIndex.interval(MARGIN, MARGIN + (long) values.length)).reshape('c', shape);
    return new GuardedTensor(whole, tensor);
  }

  /** Returns the array to hand to the code under test. */
  public INDArray tensor() {
    return tensor;
  }

  /**
   * Returns a copy of the array's values, after checking that its neighbours are untouched.
   *
   * @throws RuleViolation if something beside the array was written
   */
  public float[] values() {
    float[] all = new float[(int) whole.length()];
    Tensors.floats(whole).get(all);
    for (int index = 0; index < all.length; index++) {
      boolean beside = index < MARGIN || index >= all.length - MARGIN;
      if (beside && all[index] != GUARD) {
        throw RuleViolation.of(
            all[index] + " written at element " + (index - MARGIN) + ", beside the array",
            "elements 0 to " + (all.length - 2 * MARGIN - 1));
      }
    }
    return Arrays.copyOfRange(all, MARGIN, all.length - MARGIN);
  }

  /** Returns a copy of the array's values, whatever else was written. */
  public float[] copy() {
    float[] copy = new float[(int) tensor.length()];
    Tensors.floats(tensor).get(copy);
    return copy;
  }

  /**
   * Checks that the array and its neighbours hold the same bytes as when it was made.
   *
   * @throws RuleViolation if they do not
   */
  public void assertUnchanged(float[] values) {
    float[] found = values();
    int index = Arrays.mismatch(bits(found), bits(values));
    if (index >= 0) {
      throw RuleViolation.of(
          found[index] + " at " + index + ", where " + values[index] + " was",
          "only reading this array");
    }
  }

  /** Returns the bit patterns of the values, so that −0, 0 and the kinds of NaN differ. */
  public static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int index = 0; index < values.length; index++) {
      bits[index] = Float.floatToRawIntBits(values[index]);
    }
    return bits;
  }
}
