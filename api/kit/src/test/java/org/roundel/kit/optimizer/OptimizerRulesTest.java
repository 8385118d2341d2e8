package org.roundel.kit.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.optimizer.UpdateContext;
import org.roundel.api.training.Moment;
import org.roundel.api.training.StateArray;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.rule.TestedRules;
import org.roundel.threads.PassThreads;

/** The rules accept a correct optimizer and find each of these faults. */
class OptimizerRulesTest {
  /** Gradient descent with a mean of gradients as its state: correct. */
  private static class Descent implements Optimizer {
    @Override
    public List<StateArray> stateArrays() {
      return List.of(StateArray.kept("mean", StateArray.Extent.WEIGHTS));
    }

    @Override
    public void update(INDArray weights, INDArray gradient, UpdateContext context) {
      update(weights, gradient, context.state(), context.moment().learningRate());
    }

    /** A rate below 0 or one that is not a number, as faults have it, fits no context. */
    final void update(INDArray weights, INDArray gradient, StateArrays state, double rate) {
      FloatBuffer values = Tensors.floats(weights);
      FloatBuffer means = Tensors.floats(state.values("mean"));
      for (int index = 0; index < values.remaining(); index++) {
        float mean = (means.get(index) + Tensors.floats(gradient).get(index)) / 2;
        means.put(index, mean);
        values.put(index, (float) (values.get(index) - rate * mean));
      }
    }
  }

  /** What a faulty optimizer does before a correct update; returns the rate of that. */
  private interface Fault {
    double before(INDArray weights, INDArray gradient, double rate, long step);
  }

  private static Optimizer with(Fault fault) {
    return new Descent() {
      @Override
      public void update(INDArray weights, INDArray gradient, UpdateContext context) {
        Moment now = context.moment();
        double faulty = fault.before(weights, gradient, now.learningRate(), now.step());
        update(weights, gradient, context.state(), faulty);
      }
    };
  }

  @Test
  void acceptsACorrectOptimizer() {
    TestedRules.assertKeepsAll(OptimizerRules.all(), subject(Descent::new));
  }

  @Test
  void findsTheWrongDirection() {
    Optimizer faulty = with((weights, gradient, rate, step) -> -rate);
    assertThat(violation("the first update goes downhill", faulty)).contains("after 1 updates");
    assertThat(violation("a quadratic is minimised", faulty)).contains("after 2000 updates");
  }

  @Test
  void findsMemoryInTheObject() {
    Supplier<Optimizer> faulty =
        () ->
            new Descent() {
              private int updates;

              @Override
              public void update(INDArray weights, INDArray gradient, UpdateContext context) {
                updates++;
                double rate = context.moment().learningRate();
                update(weights, gradient, context.state(), rate / updates);
              }
            };
    for (String rule :
        List.of(
            "one object serves several parameters",
            "one object serves several threads",
            "another object continues from the state arrays")) {
      assertThat(TestedRules.violation(OptimizerRules.all(), rule, subject(faulty)))
          .contains("other bytes");
    }
  }

  @Test
  void findsResultsThatDependOnTheNumberOfThreads() {
    // As if every thread rounded the rate once.
    Optimizer faulty = with((weights, gradient, rate, step) -> rate + 1e-6 / PassThreads.count());
    assertThat(violation("the number of threads does not matter", faulty))
        .contains("2 threads gives other bytes");
  }

  @Test
  void findsAWriteToTheGradient() {
    Optimizer faulty =
        with(
            (weights, gradient, rate, step) -> {
              Tensors.floats(gradient).put(0, 0f);
              return rate;
            });
    assertThat(violation("writes only the weights and the state", faulty))
        .contains("only reading this array", "shape [2, 3, 2, 2], step 1");
  }

  @Test
  void findsAWriteBesideTheWeights() {
    Optimizer faulty =
        with(
            (weights, gradient, rate, step) -> {
              // The pointer is that of the larger array that the weights are a view into.
              new FloatPointer(weights.data().pointer()).put(0, 1f);
              return rate;
            });
    assertThat(violation("writes only the weights and the state", faulty))
        .contains("beside the array");
  }

  @Test
  void findsWeightsThatMoveAtRateZero() {
    Optimizer faulty = with((weights, gradient, rate, step) -> rate + 0.001);
    assertThat(violation("a learning rate of zero leaves the weights", faulty))
        .contains("a weight moved from");
  }

  @Test
  void findsStepsCountedFromZero() {
    Optimizer faulty =
        with((weights, gradient, rate, step) -> rate / (1 - Math.pow(0.9, step - 1.0)));
    assertThat(violation("extreme steps and gradients give numbers", faulty)).contains("step 1");
  }

  @Test
  void findsStateArraysThatNoFileCanHold() {
    String rule = "state arrays differ in name and none is learned";
    for (List<String> names : List.of(List.of("Running mean"), List.of("mean", "mean"))) {
      Optimizer faulty =
          new Descent() {
            @Override
            public List<StateArray> stateArrays() {
              return names.stream()
                  .map(name -> StateArray.kept(name, StateArray.Extent.WEIGHTS))
                  .toList();
            }
          };
      assertThat(violation(rule, faulty)).contains(names.get(0));
    }
    Optimizer learned =
        new Descent() {
          @Override
          public List<StateArray> stateArrays() {
            return List.of(StateArray.learned("mean", StateArray.Extent.WEIGHTS));
          }
        };
    assertThat(violation(rule, learned)).contains("the learned state array 'mean'");
  }

  @Test
  void findsTheRandomNumbersOfNd4j() {
    Optimizer faulty = with((weights, gradient, rate, step) -> rate * Nd4j.getRandom().nextFloat());
    assertThat(violation("ND4J's random numbers are left alone", faulty))
        .contains("Nd4j.getRandom()");
  }

  private static String violation(String rule, Optimizer optimizer) {
    return TestedRules.violation(OptimizerRules.all(), rule, subject(() -> optimizer));
  }

  private static OptimizerSubject subject(Supplier<Optimizer> optimizers) {
    OptimizerFactory factory =
        new OptimizerFactory() {
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
            return optimizers.get();
          }
        };
    return new OptimizerSubject(factory, Map.of(), OptimizerSubject.USUAL_UPDATES);
  }
}
