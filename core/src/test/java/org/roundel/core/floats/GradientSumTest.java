package org.roundel.core.floats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientSumTest {
  private static final int MOST_PARTS = 9;

  /** Sums of 1 to 9 parts, one after another by the same object, as batches are. */
  @Test
  void addsNeighboursThenNeighbouringSums() {
    FloatBuffer one = FloatBuffer.allocate(3);
    FloatBuffer other = FloatBuffer.allocate(1);
    GradientSum sum = new GradientSum(List.of(one, other), MOST_PARTS);
    for (int parts = 1; parts <= MOST_PARTS; parts++) {
      for (int part = 0; part < parts; part++) {
        for (int index = 0; index < 3; index++) {
          one.put(index, gradient(part, index));
        }
        other.put(0, gradient(part, 3));
        sum.add(part, 0.5f, part == parts - 1);
      }
      for (int index = 0; index < 3; index++) {
        assertThat(one.get(index)).isEqualTo(expected(parts, index));
      }
      assertThat(other.get(0)).isEqualTo(expected(parts, 3));
    }
  }

  /** Otherwise the test above says nothing of the order. */
  @Test
  void theOrderMattersForTheseNumbers() {
    float inOrder = 0;
    for (int part = 0; part < MOST_PARTS; part++) {
      inOrder += 0.5f * gradient(part, 0);
    }
    assertThat(inOrder).isNotEqualTo(expected(MOST_PARTS, 0));
  }

  @Test
  void keepsOneSumForEachPowerOfTwoBelowTheNumberOfParts() {
    assertThat(GradientSum.levels(1)).isZero();
    assertThat(GradientSum.levels(2)).isEqualTo(1);
    assertThat(GradientSum.levels(4)).isEqualTo(2);
    assertThat(GradientSum.levels(5)).isEqualTo(3);
    assertThat(GradientSum.levels(8)).isEqualTo(3);
    assertThat(GradientSum.levels(9)).isEqualTo(4);
  }

  private static float gradient(int part, int index) {
    return (float) Math.sin(17.0 * part + index) * (1 << part % 5 * 4);
  }

  private static float expected(int parts, int index) {
    float[] of = new float[parts];
    for (int part = 0; part < parts; part++) {
      of[part] = 0.5f * gradient(part, index);
    }
    return switch (parts) {
      case 1 -> of[0];
      case 2 -> of[0] + of[1];
      case 3 -> of[0] + of[1] + of[2];
      case 4 -> of[0] + of[1] + (of[2] + of[3]);
      case 5 -> of[0] + of[1] + (of[2] + of[3]) + of[4];
      case 6 -> of[0] + of[1] + (of[2] + of[3]) + (of[4] + of[5]);
      case 7 -> of[0] + of[1] + (of[2] + of[3]) + (of[4] + of[5] + of[6]);
      case 8 -> of[0] + of[1] + (of[2] + of[3]) + (of[4] + of[5] + (of[6] + of[7]));
      case 9 -> of[0] + of[1] + (of[2] + of[3]) + (of[4] + of[5] + (of[6] + of[7])) + of[8];
      default -> throw new IllegalArgumentException("" + parts);
    };
  }
}
