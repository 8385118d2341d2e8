package org.roundel.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.api.model.Parameter;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * The compiled engine of a net against DL4J's own: loss, error, every gradient, the running
 * statistics and the outputs of inference agree over a few training steps, the last batch smaller.
 * A plugin's test extends this class and says which net; small images keep it fast. For bounds see
 * {@link Agreement}.
 */
public abstract class EngineContract {
  private static final int CLASSES = 4;
  private static final float RATE = 0.01f;

  /** How far the numbers in front of rectifiers are shifted. */
  private static final double SHIFT = 3;

  /**
   * Normalisation takes the constant part out of a weight's gradient. Its inputs are up to SHIFT
   * and three deviations, of which one deviation is left: the terms are six times the sum.
   */
  private static final double CANCELLATION = 6;

  /** Returns the factory under test. */
  protected abstract ModelFactory factory();

  /** Returns the values of options and name options, by name, that differ from the defaults. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** Returns the shape of the images. */
  protected InputShape input() {
    return new InputShape(3, 8, 8);
  }

  /** Returns how many images a full batch has, at least 5. */
  protected int batchSize() {
    return 10;
  }

  @Test
  void everyLayoutOfTheCompiledEngineAgreesWithDl4j() {
    try (Model reference = create("dl4j", "auto");
        Model channelsLast = create("onednn", "channels-last");
        Model blocked = create("onednn", "blocked");
        Model mixed = create("onednn", "auto")) {
      Map<String, Model> compiled =
          Map.of("channels-last", channelsLast, "blocked", blocked, "auto", mixed);
      keepRectifiersFromSwitching(reference);
      describe(reference, compiled);
      for (int step = 0; step < 3; step++) {
        Batch batch = compareGradients(reference, compiled, step);
        evaluate(reference, compiled, batch);
        predict(reference, compiled, batch);
        estimate(reference, compiled, step);
        for (Parameter parameter : reference.parameters()) {
          parameter.values().subi(parameter.gradient().mul(RATE));
        }
      }
    }
  }

  /**
   * Compares what a batch of a step gives. Where the two largest inputs of a maximum, or a
   * rectifier's input and 0, lie within a rounding error of each other, the engines may rightly
   * choose differently, and the gradients of all layers before are others then. That depends on how
   * a processor rounds and on the batch, so it strikes one in many; a wrong engine differs on each.
   * So one of three batches has to agree.
   *
   * @return that batch
   */
  private Batch compareGradients(Model reference, Map<String, Model> compiled, int step) {
    int size = step == 1 ? batchSize() - 3 : batchSize();
    for (int attempt = 1; ; attempt++) {
      Batch batch = batch(size, step + 100 * (attempt - 1));
      if (step == 2 && reference.takesTargets()) {
        batch = batch.withTargets(Fixtures.targets(size, CLASSES));
      }
      try {
        compareGradients(reference, compiled, batch, step);
        return batch;
      } catch (AssertionError different) {
        if (attempt == 3) {
          throw different;
        }
      }
    }
  }

  private static void compareGradients(
      Model reference, Map<String, Model> compiled, Batch batch, int step) {
    for (Model each : compiled.values()) {
      copy(reference, each);
    }
    RandomSource noise = RandomSource.of(7, RandomPurpose.MODEL, step);
    BatchResult expected = reference.computeGradients(batch, noise);
    for (Map.Entry<String, Model> each : compiled.entrySet()) {
      String what = each.getKey() + ", step " + step + ": ";
      BatchResult found = each.getValue().computeGradients(batch, noise);
      assertAgree(what, found, expected);
      compareArrays(what, reference, each.getValue());
    }
  }

  /** Statistics of a batch and a smaller one together. */
  private void estimate(Model reference, Map<String, Model> compiled, int step) {
    Batch first = batch(batchSize(), 10 + step);
    Batch second = batch(batchSize() - 3, 20 + step);
    RandomSource noise = RandomSource.of(8, RandomPurpose.MODEL, step);
    reference.estimateBuffers(first, 0, noise);
    reference.estimateBuffers(second, first.size(), noise);
    compiled.forEach(
        (layout, model) -> {
          model.estimateBuffers(first, 0, noise);
          model.estimateBuffers(second, first.size(), noise);
          compareBuffers(layout + ", step " + step + ", estimated: ", reference, model);
        });
  }

  private Model create(String engine, String layout) {
    Map<String, String> values = new HashMap<>(options());
    values.put("engine", engine);
    values.put("layout", layout);
    List<Option<?>> declared = new ArrayList<>(factory().options());
    declared.addAll(factory().nameOptions());
    return factory()
        .create(
            new ModelRequest(
                factory().name(),
                input(),
                CLASSES,
                batchSize(),
                Options.of(declared, values),
                RandomSource.of(7, RandomPurpose.INITIALIZE, 0)));
  }

  /**
   * Shifts the normalised numbers in front of rectifiers up or down, channel by channel. Where a
   * rectifier's input is 0 its derivative jumps, and among half a million inputs near 0 some lie
   * within a rounding error of it, where the engines may rightly differ. At three deviations a
   * hundredth as many are near 0; open and closed rectifiers are both there still.
   */
  private static void keepRectifiersFromSwitching(Model model) {
    for (Parameter parameter : model.parameters()) {
      if (parameter.name().endsWith("/beta")) {
        for (long channel = 0; channel < parameter.values().length(); channel++) {
          parameter.values().putScalar(channel, channel % 2 == 0 ? SHIFT : -SHIFT);
        }
      }
    }
  }

  private static void copy(Model from, Model to) {
    for (int index = 0; index < from.parameters().size(); index++) {
      to.parameters().get(index).values().assign(from.parameters().get(index).values());
    }
    for (int index = 0; index < from.buffers().size(); index++) {
      to.buffers().get(index).values().assign(from.buffers().get(index).values());
    }
  }

  private Batch batch(int size, int seed) {
    InputShape shape = input();
    INDArray images =
        Fixtures.normal(
            DataType.FLOAT, 50L + seed, size, shape.channels(), shape.height(), shape.width());
    return new Batch(images, Fixtures.labels(size, CLASSES));
  }

  private static void assertAgree(String what, BatchResult found, BatchResult expected) {
    Agreement.assertLoss(what + "loss", found.loss(), expected.loss());
    assertThat(found.wrong()).as(what + "wrong").isEqualTo(expected.wrong());
  }

  private static void compareArrays(String what, Model reference, Model compiled) {
    Map<String, Double> scales = new HashMap<>();
    for (Parameter parameter : reference.parameters()) {
      scales.merge(layer(parameter.name()), Agreement.largest(parameter.gradient()), Math::max);
    }
    assertThat(compiled.parameters()).hasSameSizeAs(reference.parameters());
    for (int index = 0; index < reference.parameters().size(); index++) {
      Parameter parameter = reference.parameters().get(index);
      Agreement.assertClose(
          what + "gradient of " + parameter.name(),
          compiled.parameters().get(index).gradient(),
          parameter.gradient(),
          CANCELLATION * scales.get(layer(parameter.name())));
    }
    compareBuffers(what, reference, compiled);
  }

  private static void compareBuffers(String what, Model reference, Model compiled) {
    assertThat(compiled.buffers()).hasSameSizeAs(reference.buffers());
    for (int index = 0; index < reference.buffers().size(); index++) {
      Buffer buffer = reference.buffers().get(index);
      Agreement.assertClose(
          what + buffer.name(),
          compiled.buffers().get(index).values(),
          buffer.values(),
          Math.max(1, Agreement.largest(buffer.values())));
    }
  }

  private static String layer(String parameter) {
    return parameter.substring(0, parameter.lastIndexOf('/'));
  }

  /** The loss of a single image for each label in turn is −log of each output's probability. */
  private static void evaluate(Model reference, Map<String, Model> compiled, Batch batch) {
    INDArray image = batch.images().get(NDArrayIndex.interval(0, 1)).dup('c');
    List<Batch> batches = new ArrayList<>(List.of(batch));
    for (int label = 0; label < CLASSES; label++) {
      batches.add(new Batch(image, new int[] {label}));
    }
    for (Batch each : batches) {
      BatchResult expected = reference.evaluate(each);
      compiled.forEach(
          (layout, model) -> assertAgree(layout + ", inference: ", model.evaluate(each), expected));
    }
  }

  /** Scores agree, and every engine's own say which images it finds wrong. */
  private static void predict(Model reference, Map<String, Model> compiled, Batch batch) {
    INDArray expected = scores(reference, batch);
    compiled.forEach(
        (layout, model) -> {
          INDArray found = scores(model, batch);
          Agreement.assertClose(
              layout + ", scores", found, expected, Math.max(1, Agreement.largest(expected)));
        });
  }

  private static INDArray scores(Model model, Batch batch) {
    INDArray scores = Nd4j.create(DataType.FLOAT, batch.size(), CLASSES);
    model.predict(batch.images(), scores);
    int wrong = 0;
    for (int image = 0; image < batch.size(); image++) {
      // ND4J's is the first one of the largest, too.
      wrong += scores.getRow(image).argMax(0).getInt(0) == batch.labels()[image] ? 0 : 1;
    }
    assertThat(model.evaluate(batch).wrong()).isEqualTo(wrong);
    return scores;
  }

  /** The net is the same whatever runs it; its layers hold all of its parameters. */
  private static void describe(Model reference, Map<String, Model> compiled) {
    long described = 0;
    Map<String, Long> lengths = new HashMap<>();
    for (Parameter parameter : reference.parameters()) {
      lengths.put(parameter.name(), parameter.values().length());
    }
    MultiplyAdds sum = MultiplyAdds.NONE;
    for (LayerDescription layer : reference.layers()) {
      for (String parameter : layer.parameters()) {
        described += lengths.get(parameter);
      }
      sum = sum.plus(layer.multiplyAdds());
    }
    assertThat(described).isEqualTo(lengths.values().stream().mapToLong(Long::longValue).sum());
    assertThat(reference.multiplyAddsPerImage()).isEqualTo(sum);
    Set<String> arrays = new TreeSet<>(lengths.keySet());
    reference.buffers().forEach(buffer -> arrays.add(buffer.name()));
    assertThat(reference.graph().arrays().keySet()).hasSameElementsAs(arrays);
    assertThat(reference.graph().classes()).isEqualTo(CLASSES);
    compiled.forEach(
        (layout, model) -> {
          assertThat(model.layers()).as(layout).isEqualTo(reference.layers());
          assertThat(model.graph()).as(layout).isEqualTo(reference.graph());
        });
  }
}
