package org.roundel.api.optimizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Options;
import org.roundel.api.Tensors;

/** The contract accepts a correct optimizer and finds each of these faults. */
class OptimizerContractTest {
  private static final Map<String, String> DEFAULTS = Map.of();

  /** Gradient descent with a mean of gradients as its state: correct. */
  private static class Descent implements Optimizer {
    @Override
    public List<String> stateNames() {
      return List.of("mean");
    }

    @Override
    public void update(
        INDArray weights, INDArray gradient, List<INDArray> state, double rate, long step) {
      FloatBuffer values = Tensors.floats(weights);
      FloatBuffer means = Tensors.floats(state.get(0));
      for (int index = 0; index < values.remaining(); index++) {
        float mean = (means.get(index) + Tensors.floats(gradient).get(index)) / 2;
        means.put(index, mean);
        values.put(index, (float) (values.get(index) - rate * mean));
      }
    }
  }

  @Test
  void acceptsACorrectOptimizer() {
    OptimizerContract contract = contract(new Descent());
    contract.stateNamesHaveTheFormAndAreUnique(DEFAULTS);
    contract.theFirstUpdateFromZeroStateGoesDownhill(DEFAULTS);
    contract.aQuadraticIsMinimised(DEFAULTS);
    contract.aLearningRateOfZeroLeavesTheWeights(DEFAULTS);
    contract.extremeStepsAndGradientsGiveNumbers(DEFAULTS);
    contract.oneObjectServesSeveralParameters(DEFAULTS);
    contract.anotherObjectContinuesFromTheStateArrays(DEFAULTS);
    contract.theNumberOfThreadsDoesNotMatter(DEFAULTS);
    contract.neverTouchesTheRandomNumbersOfNd4j(DEFAULTS);
  }

  @Test
  void findsTheWrongDirection() {
    Optimizer faulty =
        new Descent() {
          @Override
          public void update(
              INDArray weights, INDArray gradient, List<INDArray> state, double rate, long step) {
            super.update(weights, gradient, state, -rate, step);
          }
        };
    assertFails(() -> contract(faulty).theFirstUpdateFromZeroStateGoesDownhill(DEFAULTS));
    assertFails(() -> contract(faulty).aQuadraticIsMinimised(DEFAULTS));
  }

  @Test
  void findsMemoryInTheObject() {
    Optimizer faulty =
        new Descent() {
          private int updates;

          @Override
          public void update(
              INDArray weights, INDArray gradient, List<INDArray> state, double rate, long step) {
            updates++;
            super.update(weights, gradient, state, rate / updates, step);
          }
        };
    assertFails(() -> contract(faulty).oneObjectServesSeveralParameters(DEFAULTS));
  }

  @Test
  void findsResultsThatDependOnTheNumberOfThreads() {
    Optimizer faulty =
        new Descent() {
          @Override
          public void update(
              INDArray weights, INDArray gradient, List<INDArray> state, double rate, long step) {
            // As if every thread rounded the rate once.
            super.update(weights, gradient, state, rate + 1e-6 / Chunks.threads(), step);
          }
        };
    assertFails(() -> contract(faulty).theNumberOfThreadsDoesNotMatter(DEFAULTS));
  }

  @Test
  void findsAWriteToTheGradient() {
    Optimizer faulty =
        new Descent() {
          @Override
          public void update(
              INDArray weights, INDArray gradient, List<INDArray> state, double rate, long step) {
            Tensors.floats(gradient).put(0, 0f);
            super.update(weights, gradient, state, rate, step);
          }
        };
    assertFails(() -> contract(faulty).anotherObjectContinuesFromTheStateArrays(DEFAULTS));
  }

  @Test
  void findsStepsCountedFromZero() {
    Optimizer faulty =
        new Descent() {
          @Override
          public void update(
              INDArray weights, INDArray gradient, List<INDArray> state, double rate, long step) {
            super.update(weights, gradient, state, rate / (1 - Math.pow(0.9, step - 1.0)), step);
          }
        };
    assertFails(() -> contract(faulty).extremeStepsAndGradientsGiveNumbers(DEFAULTS));
  }

  @Test
  void findsAStateNameThatNoFileCanHold() {
    Optimizer faulty =
        new Descent() {
          @Override
          public List<String> stateNames() {
            return List.of("Running mean");
          }
        };
    assertFails(() -> contract(faulty).stateNamesHaveTheFormAndAreUnique(DEFAULTS));
  }

  private static void assertFails(ThrowingCallable test) {
    assertThatThrownBy(test).isInstanceOf(AssertionError.class);
  }

  private static OptimizerContract contract(Optimizer optimizer) {
    return new OptimizerContract() {
      @Override
      protected OptimizerFactory factory() {
        return new OptimizerFactory() {
          @Override
          public String name() {
            return "under-test";
          }

          @Override
          public String description() {
            return "under test";
          }

          @Override
          public Optimizer create(Options options) {
            return optimizer;
          }
        };
      }
    };
  }
}
