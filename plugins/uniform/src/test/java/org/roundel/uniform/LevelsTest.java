package org.roundel.uniform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class LevelsTest {
  private static final long SEED = 1806;

  /** The step is 1, so that rounding is to whole numbers. */
  private final Levels whole = new Levels(127, 127);

  @Test
  void halfEvenRoundsThePublishedVectors() {
    // The test of the operator Round in the ONNX standard.
    assertThat(
            halfEven(
                0.1f, 0.5f, 0.9f, 1.2f, 1.5f, 1.8f, 2.3f, 2.5f, 2.7f, -1.1f, -1.5f, -1.9f, -2.2f,
                -2.5f, -2.8f))
        .containsExactly(0f, 0f, 1f, 1f, 2f, 2f, 2f, 2f, 3f, -1f, -2f, -2f, -2f, -2f, -3f);
    // The examples of torch.round and numpy.around in their documentation; but 0 for their -0.
    assertThat(halfEven(-0.5f, 0.5f, 1.5f, 2.5f)).containsExactly(0f, 0f, 2f, 2f);
    assertThat(halfEven(0.5f, 1.5f, 2.5f, 3.5f, 4.5f)).containsExactly(0f, 2f, 2f, 4f, 4f);
  }

  @Test
  void halfAwayRoundsTheMiddleAwayFromZero() {
    float[] middles = {0.5f, -0.5f, 1.5f, -1.5f, 2.5f, 126.5f, -126.5f};
    float[] expected = {1f, -1f, 2f, -2f, 3f, 127f, -127f};
    for (int index = 0; index < middles.length; index++) {
      assertThat(whole.halfAway(middles[index])).isEqualTo(expected[index]);
    }
  }

  @Test
  void everyMiddleInFloat32IsSeenAndNoNumberBesideIt() {
    for (int exponent : new int[] {-140, -30, -7, 0, 20, 120}) {
      float step = (float) Math.pow(2, exponent);
      Levels levels = new Levels(127 * step, 127);
      for (int lower = -127; lower < 127; lower++) {
        float middle = (float) ((lower + 0.5) * step);
        int even = lower % 2 == 0 ? lower : lower + 1;
        int away = lower < 0 ? lower : lower + 1;
        assertThat(levels.halfEven(middle)).isEqualTo(even * step);
        assertThat(levels.halfAway(middle)).isEqualTo(away * step);
        assertThat(levels.halfEven(Math.nextDown(middle))).isEqualTo(lower * step);
        assertThat(levels.halfAway(Math.nextDown(middle))).isEqualTo(lower * step);
        assertThat(levels.halfEven(Math.nextUp(middle))).isEqualTo((lower + 1) * step);
        assertThat(levels.halfAway(Math.nextUp(middle))).isEqualTo((lower + 1) * step);
      }
    }
  }

  @Test
  void aMiddleIsSeenWhereTheStepIsNoNumberOfFloat32() {
    // The step is 1/3; in float32, 0.5 divided by it is less than 1.5.
    Levels thirds = new Levels(1, 3);
    assertThat(thirds.halfEven(0.5f)).isEqualTo((float) (2.0 / 3));
    assertThat(thirds.halfAway(-0.5f)).isEqualTo((float) (-2.0 / 3));
    assertThat(thirds.halfEven(Math.nextDown(0.5f))).isEqualTo((float) (1.0 / 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 127, 2047, 32767})
  void agreesWithExactArithmetic(int highest) {
    RandomSource random = RandomSource.of(SEED, RandomPurpose.MODEL, highest);
    for (int index = 0; index < 4000; index++) {
      float largest = (float) Math.abs(random.normal(2L * index));
      Levels levels = new Levels(largest, highest);
      float weight = (float) (largest * (2.2 * random.uniform(2L * index) - 1.1));
      // Also weights with few digits, of which many are in the middle.
      if (index % 2 == 0) {
        levels = new Levels(1 + index % 5, highest);
        weight = Math.round(64 * weight) / 64f;
      }
      assertThat(levels.halfEven(weight))
          .as("%s on %s, seed %d", weight, levels, SEED)
          .isEqualTo(exact(levels, weight, true));
      assertThat(levels.halfAway(weight))
          .as("%s on %s, seed %d", weight, levels, SEED)
          .isEqualTo(exact(levels, weight, false));
    }
  }

  private static float exact(Levels levels, float weight, boolean halfEven) {
    BigDecimal divisor = new BigDecimal(levels.largest());
    BigDecimal dividend = new BigDecimal(weight).multiply(BigDecimal.valueOf(levels.highest()));
    BigDecimal[] parts = dividend.divideAndRemainder(divisor);
    int index = parts[0].intValueExact();
    int compared = parts[1].abs().multiply(BigDecimal.valueOf(2)).compareTo(divisor);
    if (compared > 0 || (compared == 0 && (!halfEven || index % 2 != 0))) {
      index += dividend.signum();
    }
    int inRange = Math.max(-levels.highest(), Math.min(index, levels.highest()));
    return (float) (inRange * (double) levels.largest() / levels.highest());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.1, Float.MAX_VALUE, 1e-38, 1e-44, Float.MIN_VALUE, 0})
  void valuesOfTheGridStayWithEveryRounding(double end) {
    float largest = (float) end;
    for (int highest : new int[] {1, 3, 7, 127, 32767}) {
      Levels levels = new Levels(largest, highest);
      for (int index = -highest; index <= highest; index++) {
        float level = levels.level(index);
        int bits = Float.floatToRawIntBits(level);
        assertThat(bits).as("-0").isNotEqualTo(Float.floatToRawIntBits(-0f));
        assertThat(Float.floatToRawIntBits(levels.halfEven(level))).isEqualTo(bits);
        assertThat(Float.floatToRawIntBits(levels.halfAway(level))).isEqualTo(bits);
        for (double uniform : new double[] {0, 0x1p-32, 0.5, 1 - 0x1p-32}) {
          assertThat(Float.floatToRawIntBits(levels.stochastic(level, uniform))).isEqualTo(bits);
        }
      }
      assertThat(levels.level(highest)).isEqualTo(largest);
    }
  }

  @Test
  void stochasticGoesUpWhereUniformIsLessThanTheShareOfTheWay() {
    assertThat(whole.stochastic(2.25f, 0.2499)).isEqualTo(3f);
    assertThat(whole.stochastic(2.25f, 0.25)).isEqualTo(2f);
    assertThat(whole.stochastic(-2.25f, 0.7499)).isEqualTo(-2f);
    assertThat(whole.stochastic(-2.25f, 0.75)).isEqualTo(-3f);
    assertThat(whole.stochastic(126.5f, 0.4)).isEqualTo(127f);
  }

  @Test
  void whatIsBeyondGoesToTheEndsAndNanStaysNan() {
    for (float beyond : new float[] {127.4f, 1000f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
      assertThat(whole.halfEven(beyond)).isEqualTo(127f);
      assertThat(whole.halfAway(-beyond)).isEqualTo(-127f);
      assertThat(whole.stochastic(beyond, 1 - 0x1p-32)).isEqualTo(127f);
      assertThat(whole.stochastic(-beyond, 0)).isEqualTo(-127f);
    }
    assertThat(whole.halfEven(Float.NaN)).isNaN();
    assertThat(whole.halfAway(Float.NaN)).isNaN();
    assertThat(whole.stochastic(Float.NaN, 0.5)).isNaN();
  }

  private float[] halfEven(float... weights) {
    float[] rounded = new float[weights.length];
    for (int index = 0; index < weights.length; index++) {
      rounded[index] = whole.halfEven(weights[index]);
    }
    return rounded;
  }
}
