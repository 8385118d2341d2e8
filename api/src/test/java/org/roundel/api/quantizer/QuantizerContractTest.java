package org.roundel.api.quantizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Chunks;
import org.roundel.api.Options;
import org.roundel.api.Tensors;

/** The contract accepts a correct quantizer and finds each of these faults. */
class QuantizerContractTest {
  private static final Map<String, String> DEFAULTS = Map.of();

  private static final Grid GRID = Grid.binary(1);

  /** What happens to one weight after an update. */
  private interface Rounding {
    float round(float weight, int index, QuantizationContext context);
  }

  /** Keeps the weights on the grid {−1, +1}, by rounding to it or by a faulty rounding. */
  private static class Signs implements Quantizer {
    private final Rounding rounding;

    Signs(Rounding rounding) {
      this.rounding = rounding;
    }

    Signs() {
      this((weight, index, context) -> GRID.nearest(weight));
    }

    @Override
    public boolean keepsLatentWeights() {
      return false;
    }

    @Override
    public void initialize(INDArray weights, QuantizationContext context) {
      FloatBuffer values = Tensors.floats(weights);
      for (int index = 0; index < values.remaining(); index++) {
        values.put(index, context.random().uniform(index) < 0.5 ? -1 : 1);
      }
    }

    @Override
    public void afterUpdate(INDArray weights, QuantizationContext context) {
      FloatBuffer values = Tensors.floats(weights);
      for (int index = 0; index < values.remaining(); index++) {
        values.put(index, rounding.round(values.get(index), index, context));
      }
    }

    @Override
    public float[] levels() {
      return GRID.levels();
    }
  }

  /** Keeps latent weights, correctly. */
  private static class LatentSigns extends Signs {
    @Override
    public boolean keepsLatentWeights() {
      return true;
    }

    @Override
    public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
      Tensors.floats(weights).put(Tensors.floats(latent));
      super.afterUpdate(weights, context);
    }

    @Override
    public void afterUpdate(INDArray weights, QuantizationContext context) {}
  }

  @Test
  void acceptsCorrectQuantizers() throws Exception {
    for (Quantizer correct : new Quantizer[] {new Signs(), new LatentSigns()}) {
      QuantizerContract contract = contract(correct);
      contract.levelsAreIncreasingFiniteAndANewArray(DEFAULTS);
      contract.theWeightsThatTheNetComputesWithAreOnTheGrid(DEFAULTS);
      contract.infiniteWeightsEndOnTheGridAndNanStaysNan(DEFAULTS);
      contract.quantizingTwiceIsQuantizingOnce(DEFAULTS);
      contract.theSameArgumentsGiveTheSameBytes(DEFAULTS);
      contract.neitherTheOrderOfParametersNorThreadsMatter(DEFAULTS);
      contract.theNumberOfThreadsDoesNotMatter(DEFAULTS);
      contract.whatIsRandomChangesWithSeedStepAndTensorAlike(DEFAULTS);
      contract.neverTouchesTheRandomNumbersOfNd4j(DEFAULTS);
    }
  }

  @Test
  void findsWeightsBesideTheGrid() {
    Quantizer faulty = new Signs((weight, index, context) -> weight < 0 ? -1 : Math.signum(weight));
    assertFails(() -> contract(faulty).theWeightsThatTheNetComputesWithAreOnTheGrid(DEFAULTS));
  }

  @Test
  void findsNanTurnedIntoAWeight() {
    Quantizer faulty = new Signs((weight, index, context) -> weight < 0 ? -1 : 1);
    assertFails(() -> contract(faulty).infiniteWeightsEndOnTheGridAndNanStaysNan(DEFAULTS));
  }

  @Test
  void findsValuesOfTheGridThatMove() {
    Quantizer faulty = new Signs((weight, index, context) -> -GRID.nearest(weight));
    assertFails(() -> contract(faulty).quantizingTwiceIsQuantizingOnce(DEFAULTS));
  }

  @Test
  void findsMemoryBetweenCalls() {
    AtomicInteger calls = new AtomicInteger();
    Quantizer faulty =
        new Signs((weight, index, context) -> calls.incrementAndGet() % 5 == 0 ? 1 : -1);
    assertFails(() -> contract(faulty).theSameArgumentsGiveTheSameBytes(DEFAULTS));
    assertFails(() -> contract(faulty).neitherTheOrderOfParametersNorThreadsMatter(DEFAULTS));
  }

  @Test
  void findsResultsThatDependOnTheNumberOfThreads() {
    Quantizer faulty =
        new Signs() {
          @Override
          public void afterUpdate(INDArray weights, QuantizationContext context) {
            super.afterUpdate(weights, context);
            FloatBuffer values = Tensors.floats(weights);
            // Cut by the number of threads: the first weight of each part is treated otherwise.
            int part = values.capacity() / Chunks.threads() + 1;
            for (int index = 0; index < values.capacity(); index += part) {
              values.put(index, 1f);
            }
          }
        };
    assertFails(() -> contract(faulty).theNumberOfThreadsDoesNotMatter(DEFAULTS));
  }

  @Test
  void findsAWriteToTheLatentWeights() {
    Quantizer faulty =
        new LatentSigns() {
          @Override
          public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
            super.quantize(latent, weights, context);
            Tensors.floats(latent).put(0, 3f);
          }
        };
    assertFails(() -> contract(faulty).theSameArgumentsGiveTheSameBytes(DEFAULTS));
  }

  @Test
  void findsAWriteBesideTheArray() {
    Quantizer faulty =
        new Signs() {
          @Override
          public void afterUpdate(INDArray weights, QuantizationContext context) {
            // The pointer is that of the larger array that the weights are a view into.
            new FloatPointer(weights.data().pointer()).put(0, 1f);
            super.afterUpdate(weights, context);
          }
        };
    assertFails(() -> contract(faulty).theSameArgumentsGiveTheSameBytes(DEFAULTS));
  }

  @Test
  void findsNumbersThatRepeatInEveryTensor() {
    Quantizer faulty =
        new Signs(
            (weight, index, context) ->
                context.random().forTensor(0).uniform(index) < 0.5 ? -1 : 1);
    assertFails(() -> contract(faulty).whatIsRandomChangesWithSeedStepAndTensorAlike(DEFAULTS));
  }

  @Test
  void findsTheRandomNumbersOfNd4j() {
    Quantizer faulty =
        new Signs((weight, index, context) -> Nd4j.getRandom().nextFloat() < 0.5 ? -1 : 1);
    assertFails(() -> contract(faulty).neverTouchesTheRandomNumbersOfNd4j(DEFAULTS));
  }

  private static void assertFails(ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
  }

  private static QuantizerContract contract(Quantizer quantizer) {
    return new QuantizerContract() {
      @Override
      protected QuantizerFactory factory() {
        return new QuantizerFactory() {
          @Override
          public String name() {
            return "under-test";
          }

          @Override
          public String description() {
            return "under test";
          }

          @Override
          public Quantizer create(Options options) {
            return quantizer;
          }
        };
      }
    };
  }
}
