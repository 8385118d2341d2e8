package org.roundel.core.floats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** Arrays of several chunks, the last one not full. */
class FloatPassTest {
  private static final int LENGTH = 5 * 4096 + 3;

  @Test
  void scales() {
    FloatBuffer values = numbers(1);
    FloatPass.scale(values, -0.25f);
    for (int index = 0; index < LENGTH; index++) {
      assertThat(values.get(index)).isEqualTo(-0.25f * number(1, index));
    }
  }

  @Test
  void adds() {
    FloatBuffer sum = numbers(1);
    FloatPass.add(numbers(2), sum);
    for (int index = 0; index < LENGTH; index++) {
      assertThat(sum.get(index)).isEqualTo(number(1, index) + number(2, index));
    }
  }

  @Test
  void approaches() {
    FloatBuffer average = numbers(1);
    FloatBuffer values = numbers(2);
    FloatPass.approach(average, values, 0.125f);
    for (int index = 0; index < LENGTH; index++) {
      float before = number(1, index);
      assertThat(average.get(index)).isEqualTo(before + 0.125f * (number(2, index) - before));
      assertThat(values.get(index)).isEqualTo(number(2, index));
    }
  }

  @Test
  void exchanges() {
    FloatBuffer first = numbers(1);
    FloatBuffer second = numbers(2);
    FloatPass.exchange(first, second);
    assertThat(first).isEqualTo(numbers(2));
    assertThat(second).isEqualTo(numbers(1));
  }

  private static FloatBuffer numbers(int which) {
    FloatBuffer numbers = FloatBuffer.allocate(LENGTH);
    for (int index = 0; index < LENGTH; index++) {
      numbers.put(index, number(which, index));
    }
    return numbers;
  }

  private static float number(int which, int index) {
    return (float) Math.sin(which + 3.0 * index);
  }
}
