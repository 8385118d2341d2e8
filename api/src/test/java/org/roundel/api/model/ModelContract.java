package org.roundel.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Batch;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * What every {@link Model} must do. A plugin's test extends this class and says which factory and
 * for what images; small images keep it fast:
 *
 * <pre>{@code
 * class TinyNetTest extends ModelContract {
 *   protected ModelFactory factory() {
 *     return new TinyNetFactory();
 *   }
 *
 *   protected InputShape input() {
 *     return new InputShape(3, 8, 8);
 *   }
 * }
 * }</pre>
 */
public abstract class ModelContract {
  /** Returns the factory under test. */
  protected abstract ModelFactory factory();

  /** Returns the shape of the images that the model is tested with. */
  protected abstract InputShape input();

  /** Returns the values of options and name options, by name, that differ from the defaults. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** Returns how many classes the model is tested with. */
  protected int classes() {
    return 4;
  }

  /** Returns the size of the largest batch, at least 3. */
  protected int batchSize() {
    return 6;
  }

  /** Returns a new model whose initial weights follow from the seed. */
  protected final Model create(long seed) {
    return factory().create(request(seed));
  }

  /** Returns the request that {@link #create} makes a model with. */
  protected final ModelRequest request(long seed) {
    List<Option<?>> declared = new ArrayList<>(factory().options());
    declared.addAll(factory().nameOptions());
    return new ModelRequest(
        factory().name(),
        input(),
        classes(),
        batchSize(),
        Options.of(declared, options()),
        RandomSource.of(seed, RandomPurpose.INITIALIZE, 0));
  }

  /** Returns standard normal images with labels that go round the classes. */
  protected final Batch batch(int size, long seed) {
    return ModelContractArrays.batch(input(), classes(), size, seed);
  }

  /** Returns the source of noise within the net at one step. */
  protected final RandomSource noise(long step) {
    return RandomSource.of(99, RandomPurpose.MODEL, step);
  }

  @Test
  void namesAreUniqueAndTheListsStayTheSame() {
    try (Model model = create(1)) {
      assertThat(model.parameters()).isNotEmpty();
      Set<String> names = new HashSet<>();
      for (Parameter parameter : model.parameters()) {
        assertThat(names.add(parameter.name())).as(parameter.name()).isTrue();
      }
      for (Buffer buffer : model.buffers()) {
        assertThat(names.add(buffer.name())).as(buffer.name()).isTrue();
      }
      List<Parameter> before = List.copyOf(model.parameters());
      model.computeGradients(batch(batchSize(), 2), noise(0));
      assertThat(model.parameters()).hasSameSizeAs(before);
      for (int index = 0; index < before.size(); index++) {
        assertThat(model.parameters().get(index).values()).isSameAs(before.get(index).values());
        assertThat(model.parameters().get(index).gradient()).isSameAs(before.get(index).gradient());
      }
    }
  }

  @Test
  void arraysAreDenseFloatsThatDoNotOverlap() {
    try (Model model = create(1)) {
      // Tensors.floats refuses what is not dense float32 in c order.
      List<java.nio.FloatBuffer> arrays = ModelContractArrays.all(model);
      for (int index = 0; index < arrays.size(); index++) {
        for (int element = 0; element < arrays.get(index).limit(); element++) {
          arrays.get(index).put(element, index);
        }
      }
      for (int index = 0; index < arrays.size(); index++) {
        for (int element = 0; element < arrays.get(index).limit(); element++) {
          if (arrays.get(index).get(element) != index) {
            throw new AssertionError("array " + index + " shares memory with another");
          }
        }
      }
    }
  }

  @Test
  void weightsHaveTheShapeOfTheirRole() {
    try (Model model = create(1)) {
      for (Parameter parameter : model.parameters()) {
        int rank = parameter.values().rank();
        switch (parameter.role()) {
          case CONVOLUTION_WEIGHT -> assertThat(rank).as(parameter.name()).isEqualTo(4);
          case LINEAR_WEIGHT -> assertThat(rank).as(parameter.name()).isEqualTo(2);
          case BIAS, NORMALISATION -> assertThat(rank).as(parameter.name()).isEqualTo(1);
          case OTHER -> assertThat(rank).as(parameter.name()).isPositive();
        }
      }
    }
  }

  /** With all weights 0 every class is equally likely: the loss is the classes' logarithm. */
  @Test
  void computesWithTheValuesNowInPlace() {
    try (Model model = create(1)) {
      Batch batch = batch(batchSize(), 2);
      for (Parameter parameter : model.parameters()) {
        parameter.values().assign(0);
      }
      double expected = Math.log(classes());
      assertThat(model.evaluate(batch).loss()).isCloseTo(expected, within(1e-6));
      assertThat(model.computeGradients(batch, noise(0)).loss()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void theSeedDecidesTheInitialWeights() {
    try (Model model = create(7);
        Model same = create(7);
        Model other = create(8)) {
      byte[] bytes = ModelContractArrays.bytes(model);
      assertThat(ModelContractArrays.bytes(same)).isEqualTo(bytes);
      assertThat(ModelContractArrays.bytes(other)).isNotEqualTo(bytes);
    }
  }

  @Test
  void gradientsAreThoseOfTheMeanLoss() {
    try (Model model = create(3)) {
      Batch batch = batch(batchSize(), 4);
      Set<ParameterRole> roles = new HashSet<>();
      for (Parameter parameter : model.parameters()) {
        roles.add(parameter.role());
      }
      for (ParameterRole role : roles) {
        ModelContractGradient.check(model, role, batch, noise(5));
      }
    }
  }

  @Test
  void computingGradientsLeavesTheParametersAlone() {
    try (Model model = create(1)) {
      byte[] before = ModelContractArrays.bytes(model.parameters());
      BatchResult result = model.computeGradients(batch(batchSize(), 2), noise(0));
      assertThat(result.size()).isEqualTo(batchSize());
      assertThat(result.loss()).isPositive().isFinite();
      assertThat(ModelContractArrays.bytes(model.parameters())).isEqualTo(before);
    }
  }

  @Test
  void evaluatingChangesNothing() {
    try (Model model = create(1)) {
      model.computeGradients(batch(batchSize(), 2), noise(0));
      byte[] before = ModelContractArrays.bytes(model);
      BatchResult first = model.evaluate(batch(batchSize(), 3));
      assertThat(ModelContractArrays.bytes(model)).isEqualTo(before);
      assertThat(model.evaluate(batch(batchSize(), 3))).isEqualTo(first);
    }
  }

  @Test
  void smallerBatchesWork() {
    try (Model model = create(1);
        Model fresh = create(1)) {
      Batch whole = batch(batchSize(), 2);
      int part = batchSize() - 1;
      Batch front = ModelContractArrays.part(whole, 0, part);
      Batch rest = ModelContractArrays.part(whole, part, batchSize());

      // In inference mode images do not influence each other.
      BatchResult all = model.evaluate(whole);
      BatchResult first = model.evaluate(front);
      BatchResult second = model.evaluate(rest);
      double mean = (first.loss() * part + second.loss()) / batchSize();
      assertThat(mean).isCloseTo(all.loss(), within(1e-5 * (1 + all.loss())));
      assertThat(first.wrong() + second.wrong()).isEqualTo(all.wrong());

      assertThat(model.computeGradients(front, noise(0)).size()).isEqualTo(part);
      fresh.computeGradients(front, noise(0));
      // A smaller batch leaves nothing behind that a later one could meet.
      assertThat(model.computeGradients(whole, noise(1)))
          .isEqualTo(fresh.computeGradients(whole, noise(1)));
      assertThat(ModelContractArrays.bytes(model)).isEqualTo(ModelContractArrays.bytes(fresh));
    }
  }

  @Test
  void theSameStepsGiveTheSameBytes() {
    try (Model first = create(1);
        Model second = create(1)) {
      for (int step = 0; step < 2; step++) {
        Batch batch = batch(batchSize(), step);
        BatchResult result = first.computeGradients(batch, noise(step));
        // Others may draw ND4J's random numbers in between.
        Nd4j.getRandom().nextInt();
        assertThat(second.computeGradients(batch, noise(step))).isEqualTo(result);
        assertThat(ModelContractArrays.bytes(second)).isEqualTo(ModelContractArrays.bytes(first));
      }
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    Model model = create(1);
    model.computeGradients(batch(batchSize(), 2), noise(0));
    model.close();
    assertThatCode(model::close).doesNotThrowAnyException();
  }
}
