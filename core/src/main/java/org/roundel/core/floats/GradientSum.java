package org.roundel.core.floats;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;

/**
 * Adds the gradients of a batch's parts in a tree of pairs that depends on the number of parts
 * alone: neighbours are added, then neighbouring sums, and what is left over at the end joins from
 * the last to the first, as in ((0 + 1) + (2 + 3)) + 4. So whoever computes the parts, the sum has
 * the same bytes, and its rounding error grows with the logarithm of their number.
 *
 * <p>Gradients come one after another into the parameters' own arrays, and the sum ends there.
 */
public final class GradientSum {
  private final List<FloatBuffer> gradients;

  /** The sums of 2^level parts that wait for their neighbour: by level, by parameter. */
  private final List<List<FloatBuffer>> waiting = new ArrayList<>();

  /**
   * Makes the sums.
   *
   * @param gradients the parameters' own arrays
   * @param parts how many there are at most
   */
  public GradientSum(List<FloatBuffer> gradients, int parts) {
    this.gradients = List.copyOf(gradients);
    for (int level = 0; level < levels(parts); level++) {
      List<FloatBuffer> sums = new ArrayList<>();
      for (FloatBuffer gradient : gradients) {
        sums.add(Tensors.floats(Nd4j.createUninitialized(DataType.FLOAT, gradient.capacity())));
      }
      waiting.add(sums);
    }
  }

  /** Returns how many numbers are kept for each weight while so many parts are added. */
  public static int levels(int parts) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(parts - 1);
  }

  /**
   * Takes in the gradients that are in place.
   *
   * @param part the part's number, counted from 0; parts come in that order
   * @param weight its share of the batch
   * @param last whether no part is to come: then the sum is in place afterwards
   */
  public void add(int part, float weight, boolean last) {
    for (int index = 0; index < gradients.size(); index++) {
      FloatBuffer sum = gradients.get(index);
      FloatPass.scale(sum, weight);
      int level = 0;
      // The bits of the number of parts before tell which sums wait.
      for (int before = part; before > 0 && (last || (before & 1) == 1); before >>= 1) {
        if ((before & 1) == 1) {
          FloatPass.add(waiting.get(level).get(index), sum);
        }
        level++;
      }
      if (!last) {
        FloatScan.copy(sum, waiting.get(level).get(index));
      }
    }
  }
}
