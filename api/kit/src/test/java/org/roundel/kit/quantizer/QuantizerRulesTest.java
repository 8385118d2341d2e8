package org.roundel.kit.quantizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.quantizer.QuantizerProperty;
import org.roundel.api.training.StateArray;
import org.roundel.kit.rule.TestedRules;
import org.roundel.threads.PassThreads;

/** The rules accept correct quantizers and find each of these faults. */
class QuantizerRulesTest {
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
    LatentSigns(Rounding rounding) {
      super(rounding);
    }

    LatentSigns() {}

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

  /** Rounds to either neighbour, without a bias. */
  private static class Stochastic extends Signs {
    Stochastic(Rounding rounding) {
      super(rounding);
    }

    Stochastic() {
      this((weight, index, context) -> GRID.stochastic(weight, context.random().uniform(index)));
    }

    @Override
    public Set<QuantizerProperty> properties() {
      return Set.of(QuantizerProperty.IDEMPOTENT, QuantizerProperty.UNBIASED);
    }
  }

  /**
   * Weights −s and +s with a scale that is learned, counts of updates, and a mean of the gradients:
   * correct, with a state array of every extent, and one that the gradient's hook writes.
   */
  private static class LearnedScale implements Quantizer {
    @Override
    public boolean keepsLatentWeights() {
      return true;
    }

    @Override
    public List<StateArray> stateArrays() {
      return List.of(
          StateArray.learned("scale", StateArray.Extent.ONE),
          StateArray.kept("updates", StateArray.Extent.CHANNELS),
          StateArray.kept("sum", StateArray.Extent.WEIGHTS),
          StateArray.kept("gradient-mean", StateArray.Extent.WEIGHTS));
    }

    @Override
    public void initializeState(INDArray weights, QuantizationContext context) {
      context.state().values("scale").assign(0.5);
    }

    @Override
    public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
      float scale = Tensors.floats(context.state().values("scale")).get(0);
      FloatBuffer source = Tensors.floats(latent);
      FloatBuffer target = Tensors.floats(weights);
      for (int index = 0; index < source.remaining(); index++) {
        target.put(index, scale * GRID.nearest(source.get(index)));
      }
    }

    @Override
    public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
      FloatBuffer values = Tensors.floats(weights);
      FloatBuffer gradients = Tensors.floats(gradient);
      FloatBuffer means = Tensors.floats(context.state().values("gradient-mean"));
      double sum = 0;
      for (int index = 0; index < values.remaining(); index++) {
        sum += gradients.get(index) * GRID.nearest(values.get(index));
        means.put(index, (means.get(index) + gradients.get(index)) / 2);
      }
      Tensors.floats(context.state().gradient("scale")).put(0, (float) sum);
    }

    @Override
    public void afterUpdate(INDArray weights, QuantizationContext context) {
      context.state().values("updates").addi(1);
      context.state().values("sum").addi(0.25);
    }

    @Override
    public int distinctValues() {
      return 2;
    }
  }

  /** Moves its weights itself, against the mean of their gradients. */
  private static class Flips extends Signs {
    @Override
    public boolean updatesWeights() {
      return true;
    }

    @Override
    public List<StateArray> stateArrays() {
      return List.of(StateArray.kept("mean", StateArray.Extent.WEIGHTS));
    }

    @Override
    public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
      FloatBuffer gradients = Tensors.floats(gradient);
      FloatBuffer means = Tensors.floats(context.state().values("mean"));
      for (int index = 0; index < means.remaining(); index++) {
        means.put(index, (means.get(index) + gradients.get(index)) / 2);
      }
    }

    @Override
    public void afterUpdate(INDArray weights, QuantizationContext context) {
      super.afterUpdate(weights, context);
      FloatBuffer values = Tensors.floats(weights);
      FloatBuffer means = Tensors.floats(context.state().values("mean"));
      for (int index = 0; index < values.remaining(); index++) {
        if (means.get(index) * values.get(index) > 0.1f) {
          values.put(index, -values.get(index));
        }
      }
    }

    @Override
    public Set<QuantizerProperty> properties() {
      return Set.of();
    }
  }

  @Test
  void acceptsCorrectQuantizers() {
    List<Supplier<Quantizer>> correct =
        List.of(
            Signs::new,
            LatentSigns::new,
            Stochastic::new,
            LearnedScale::new,
            Flips::new,
            // Full precision: no grid, nothing to round.
            () -> () -> false);
    for (Supplier<Quantizer> quantizers : correct) {
      TestedRules.assertKeepsAll(QuantizerRules.all(), subject(quantizers));
    }
  }

  @Test
  void findsLevelsThatAreNoGrid() {
    float[] shared = {-1, 1};
    for (float[] levels : new float[][] {{1, 1}, {0, Float.NaN}, shared}) {
      Quantizer faulty =
          new Signs() {
            @Override
            public float[] levels() {
              return levels == shared ? levels : levels.clone();
            }
          };
      violation("levels are increasing, finite and a new array", faulty);
    }
  }

  @Test
  void findsDeclarationsThatChange() {
    AtomicInteger asked = new AtomicInteger();
    Quantizer faulty =
        new Signs() {
          @Override
          public int distinctValues() {
            return asked.incrementAndGet();
          }
        };
    assertThat(violation("what it declares stays the same", faulty)).contains("asking again");
    Quantizer undecided =
        new Flips() {
          @Override
          public boolean updatesWeights() {
            return asked.incrementAndGet() % 2 == 0;
          }
        };
    assertThat(violation("what it declares stays the same", undecided)).contains("asking again");
    Quantizer twice =
        new Signs() {
          @Override
          public List<StateArray> stateArrays() {
            StateArray array = StateArray.kept("mean", StateArray.Extent.ONE);
            return List.of(array, array);
          }
        };
    assertThat(violation("what it declares stays the same", twice))
        .contains("two state arrays named 'mean'");
  }

  @Test
  void findsWeightsBesideTheGrid() {
    Quantizer faulty = new Signs((weight, index, context) -> weight < 0 ? -1 : Math.signum(weight));
    assertThat(violation("the net's weights are on the grid", faulty))
        .isEqualTo(
            "found 0.0 at 0 of the weights that the net computes with; allowed: one of the levels"
                + " [-1.0, 1.0]; with weights [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ... 35 in"
                + " all], shape [5, 7], seed -1, step 3, tensor 3, progress 0.0; with default"
                + " options");
  }

  @Test
  void findsWeightsBesideTheGridOnlyWhereTheNetIsEvaluated() {
    Quantizer faulty =
        new LatentSigns(
            (weight, index, context) -> context.evaluation() ? 0.5f : GRID.nearest(weight));
    assertThat(violation("the net's weights are on the grid", faulty)).contains("0.5 at 0");
  }

  @Test
  void findsWeightsThatAreLeftUnwritten() {
    Quantizer faulty =
        new LatentSigns() {
          @Override
          public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {}
        };
    assertThat(violation("the net's weights are on the grid", faulty)).contains("NaN at 0");
  }

  @Test
  void findsMoreValuesThanItSays() {
    Quantizer faulty =
        new LearnedScale() {
          @Override
          public int distinctValues() {
            return 1;
          }
        };
    assertThat(violation("trained weights have few enough values", faulty))
        .contains("2 different values in output channel 0", "progress 1.0");
  }

  @Test
  void findsNanTurnedIntoAWeight() {
    Quantizer faulty = new Signs((weight, index, context) -> weight < 0 ? -1 : 1);
    assertThat(violation("infinite weights end on the grid and NaN stays NaN", faulty))
        .contains("1.0 from NaN");
  }

  @Test
  void findsValuesOfTheGridThatMove() {
    Rounding flip = (weight, index, context) -> -GRID.nearest(weight);
    assertThat(violation("quantizing twice is quantizing once, if promised", new Signs(flip)))
        .contains("moved to");
    Quantizer promisesNothing =
        new Signs(flip) {
          @Override
          public Set<QuantizerProperty> properties() {
            return Set.of();
          }
        };
    TestedRules.assertKeepsAll(QuantizerRules.all(), subject(() -> promisesNothing));
  }

  @Test
  void findsABiasOfTheRounding() {
    // A weight that goes up with the chance q goes up with q/0.95; at q = 0.9 that is off by 0.047
    // of
    // the distance, 10 standard errors of 4000 roundings.
    Quantizer faulty =
        new Stochastic(
            (weight, index, context) ->
                GRID.stochastic(weight, 0.95 * context.random().uniform(index)));
    assertThat(violation("rounding is unbiased, if promised", faulty))
        .contains("5 standard errors", "seed 1729");
  }

  @Test
  void findsRoundingToMoreThanTheNeighbours() {
    Grid grid = Grid.fixedPoint(0.5, -1, 1);
    Quantizer faulty =
        new Stochastic(
            (weight, index, context) ->
                Float.isNaN(weight)
                    ? weight
                    : GRID.stochastic(weight, context.random().uniform(index))) {
          @Override
          public float[] levels() {
            return grid.levels();
          }
        };
    assertThat(violation("rounding is unbiased, if promised", faulty)).contains("its neighbours");
  }

  @Test
  void findsGradientsThatAreNoNumbersOrAdded() {
    String rule = "gradients are finite and replace what was there";
    Quantizer infinite =
        new Signs() {
          @Override
          public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
            gradient.divi(0);
          }
        };
    assertThat(violation(rule, infinite)).contains("the gradient for the optimizer");
    Quantizer added =
        new LearnedScale() {
          @Override
          public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
            context.state().gradient("scale").addi(1);
          }
        };
    assertThat(violation(rule, added)).contains("depends on what was there before");
  }

  @Test
  void findsMemoryBetweenCalls() {
    AtomicInteger calls = new AtomicInteger();
    Quantizer faulty =
        new Signs((weight, index, context) -> calls.incrementAndGet() % 5 == 0 ? 1 : -1);
    assertThat(violation("the same arguments give the same bytes", faulty))
        .contains("a second call gives other bytes");
    assertThat(violation("neither order nor threads of calls matter", faulty))
        .contains("gives other bytes");
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
            int part = values.capacity() / PassThreads.count() + 1;
            for (int index = 0; index < values.capacity(); index += part) {
              values.put(index, 1f);
            }
          }
        };
    assertThat(violation("the number of threads does not matter", faulty))
        .contains("2 threads gives other bytes");
  }

  @Test
  void findsWritesToWhatMayOnlyBeRead() {
    Quantizer latent =
        new LatentSigns() {
          @Override
          public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
            super.quantize(latent, weights, context);
            Tensors.floats(latent).put(0, 3f);
          }
        };
    assertThat(violation("hooks write only what they may write", latent))
        .contains("found 3.0 at 0", "the hook quantize");
    Quantizer state =
        new LearnedScale() {
          @Override
          public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
            super.quantize(latent, weights, context);
            context.state().values("updates").addi(1);
          }
        };
    assertThat(violation("hooks write only what they may write", state))
        .contains("values written in the state arrays", "the hook quantize");
    Quantizer stateInGradient =
        new LearnedScale() {
          @Override
          public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
            context.state().values("scale").addi(1);
          }
        };
    assertThat(violation("hooks write only what they may write", stateInGradient))
        .contains("values written in a learned state array", "the hook gradient");
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
    assertThat(violation("hooks write only what they may write", faulty))
        .contains("beside the array", "the hook afterUpdate");
  }

  @Test
  void findsNumbersThatRepeatInEveryTensor() {
    Quantizer faulty =
        new Signs(
            (weight, index, context) ->
                context.random().forTensor(0).uniform(index) < 0.5 ? -1 : 1);
    assertThat(violation("what is random changes with seed, step and tensor", faulty))
        .contains("tensors 3 and 4");
  }

  @Test
  void findsAStateThatIsNotInTheArrays() {
    Supplier<Quantizer> faulty =
        () ->
            new LearnedScale() {
              private int updates;

              @Override
              public void afterUpdate(INDArray weights, QuantizationContext context) {
                updates++;
                context.state().values("updates").assign(updates);
              }
            };
    assertThat(
            TestedRules.violation(
                QuantizerRules.all(),
                "another object continues from the state arrays",
                subject(faulty)))
        .contains("other state arrays after a run was stopped and resumed");
  }

  @Test
  void findsTheRandomNumbersOfNd4j() {
    Quantizer faulty =
        new Signs((weight, index, context) -> Nd4j.getRandom().nextFloat() < 0.5 ? -1 : 1);
    assertThat(violation("ND4J's random numbers are left alone", faulty))
        .contains("Nd4j.getRandom()");
  }

  @Test
  void namesTheHookThatThrows() {
    Quantizer faulty =
        new Signs() {
          @Override
          public void afterUpdate(INDArray weights, QuantizationContext context) {
            throw new IllegalStateException("not today");
          }
        };
    assertThat(violation("the same arguments give the same bytes", faulty))
        .startsWith("found that afterUpdate threw java.lang.IllegalStateException: not today; with")
        .contains("shape [8, 3, 3, 3], seed 1, step 1, tensor 0");
  }

  private static String violation(String rule, Quantizer quantizer) {
    return TestedRules.violation(QuantizerRules.all(), rule, subject(() -> quantizer));
  }

  private static QuantizerSubject subject(Supplier<Quantizer> quantizers) {
    QuantizerFactory factory =
        new QuantizerFactory() {
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
            return quantizers.get();
          }
        };
    return new QuantizerSubject(factory, Map.of());
  }
}
