package org.roundel.api.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/** What a quantizer is that says no more than whether it keeps latent weights. */
class QuantizerDefaultsTest {
  private final INDArray weights = Nd4j.createFromArray(0.5f);
  private final QuantizationContext context = context(0);

  private static QuantizationContext context(long step) {
    return QuantizationContext.of(
        "w",
        ParameterRole.CONVOLUTION_WEIGHT,
        step,
        RandomSource.of(1, RandomPurpose.QUANTIZE, step));
  }

  @Test
  void leavesTheWeightsToTheOptimizer() {
    Quantizer plain = () -> false;
    assertThat(plain.updatesWeights()).isFalse();
    assertThat(plain.isFrozen(context)).isFalse();
    assertThat(plain.stateArrays()).isEmpty();
    assertThat(plain.properties()).containsExactly(QuantizerProperty.IDEMPOTENT);
    assertThat(plain.levels()).isEmpty();
    assertThat(plain.distinctValues()).isZero();
    assertThatNoException().isThrownBy(() -> plain.quantize(weights, weights, context));
    assertThat(weights.getFloat(0)).isEqualTo(0.5f);
  }

  @Test
  void countsTheLevelsThatItHas() {
    Quantizer ternary =
        new Quantizer() {
          @Override
          public boolean keepsLatentWeights() {
            return false;
          }

          @Override
          public float[] levels() {
            return new float[] {-1, 0, 1};
          }
        };
    assertThat(ternary.distinctValues()).isEqualTo(3);
  }

  @Test
  void latentWeightsWithoutAWayToQuantizeThemAreAFault() {
    Quantizer unfinished = () -> true;
    assertThatThrownBy(() -> unfinished.quantize(weights, weights, context))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("keeps latent weights but does not say how to quantize them");
  }

  /** Epochs count from 1; only before the first step there is none. */
  @Test
  void aContextForTestsIsOfTheFirstEpochOnceThereIsAStep() {
    assertThat(context(0).moment().epoch()).isZero();
    assertThat(context(1).moment().epoch()).isEqualTo(1);
    assertThat(context(1).moment().step()).isEqualTo(1);
  }
}
