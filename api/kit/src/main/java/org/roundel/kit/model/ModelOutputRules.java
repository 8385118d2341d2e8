package org.roundel.kit.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.Model;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.PassTime;
import org.roundel.kit.probe.GuardedTensor;
import org.roundel.kit.probe.Numbers;
import org.roundel.kit.rule.RuleViolation;

/** What a {@link Model} says of images, and of itself. */
final class ModelOutputRules {
  private ModelOutputRules() {}

  /**
   * The scores of images, in a whole batch and in a smaller one, explain what evaluating counts.
   */
  static void scores(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      model.computeGradients(subject.batch(2), ModelSubject.noise(0));
      byte[] before = ModelArrays.bytes(model);
      Batch whole = subject.batch(3);
      float[] scores = predict(model, whole, subject.classes());
      int[] predicted = predicted(scores, subject.classes());
      requireWrong(model.evaluate(whole), wrong(predicted, whole.labels()));
      requireWrong(model.evaluate(new Batch(whole.images(), predicted)), 0);
      requireBoth(model, whole, scores);
      int part = subject.batchSize() - 1;
      float[] front = predict(model, ModelArrays.part(whole, 0, part), subject.classes());
      requireClose(front, scores);
      if (!Arrays.equals(ModelArrays.bytes(model), before)) {
        throw RuleViolation.of(
            "predicting changing the model's arrays", "writing nothing but the scores");
      }
    }
  }

  private static float[] predict(Model model, Batch batch, int classes) {
    float[] anything = new float[batch.size() * classes];
    Arrays.fill(anything, Float.NaN);
    GuardedTensor scores = GuardedTensor.of(anything, batch.size(), classes);
    model.predict(batch.images(), scores.tensor());
    float[] found = scores.values();
    Numbers.requireFinite(found, "the scores");
    return found;
  }

  /** Scores beside a result are those of predicting, and the result is that of evaluating. */
  private static void requireBoth(Model model, Batch batch, float[] scores) {
    GuardedTensor beside =
        GuardedTensor.of(new float[scores.length], batch.size(), scores.length / batch.size());
    BatchResult found = model.evaluate(batch, beside.tensor());
    BatchResult expected = model.evaluate(batch);
    if (!found.equals(expected)) {
      throw RuleViolation.of(found + " where scores are wanted too", expected + ", as without");
    }
    if (!Arrays.equals(beside.values(), scores)) {
      throw RuleViolation.of(
          "scores of evaluating that are not those of predicting", "the same scores");
    }
  }

  /** Returns the first class of the largest score of each image. */
  private static int[] predicted(float[] scores, int classes) {
    int[] predicted = new int[scores.length / classes];
    for (int image = 0; image < predicted.length; image++) {
      for (int label = 1; label < classes; label++) {
        if (scores[image * classes + label] > scores[image * classes + predicted[image]]) {
          predicted[image] = label;
        }
      }
    }
    return predicted;
  }

  private static int wrong(int[] predicted, int[] labels) {
    int wrong = 0;
    for (int image = 0; image < labels.length; image++) {
      wrong += predicted[image] == labels[image] ? 0 : 1;
    }
    return wrong;
  }

  private static void requireWrong(BatchResult evaluated, int byScores) {
    if (evaluated.wrong() != byScores) {
      throw RuleViolation.of(
          evaluated.wrong() + " wrong images on evaluating, where scores say " + byScores,
          "a class that is wrong where another one has a larger score");
    }
  }

  private static void requireClose(float[] front, float[] whole) {
    for (int index = 0; index < front.length; index++) {
      if (!(Math.abs(front[index] - whole[index]) <= 1e-4 * (1 + Math.abs(whole[index])))) {
        throw RuleViolation.of(
            "the score " + front[index] + " at " + index + " in a smaller batch",
            whole[index] + ", as in the whole batch");
      }
    }
  }

  /** Every parameter is in one layer, and the layers' arithmetic is the net's. */
  static void layers(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      List<LayerDescription> layers = model.layers();
      Set<String> names = new HashSet<>();
      Set<String> described = new HashSet<>();
      MultiplyAdds sum = MultiplyAdds.NONE;
      for (LayerDescription layer : layers) {
        requireNew(names, layer.name(), "layers");
        layer.parameters().forEach(parameter -> requireNew(described, parameter, "parameters"));
        requireKindAndShape(layer);
        sum = sum.plus(layer.multiplyAdds());
      }
      Set<String> trained = new HashSet<>();
      for (Parameter parameter : model.parameters()) {
        trained.add(parameter.name());
      }
      if (!described.equals(trained)) {
        throw RuleViolation.of(
            "layers with the parameters " + described, "those of the net, " + trained);
      }
      if (!sum.equals(model.multiplyAddsPerImage())) {
        throw RuleViolation.of(
            model.multiplyAddsPerImage() + " for the net", sum + ", the sum over its layers");
      }
      model.computeGradients(subject.batch(2), ModelSubject.noise(0));
      if (!model.layers().equals(layers)) {
        throw RuleViolation.of("other layers after a batch", "always the same");
      }
    }
  }

  private static void requireNew(Set<String> names, String name, String what) {
    if (!names.add(name)) {
      throw RuleViolation.of("two " + what + " '" + name + "' in the layers", "each once");
    }
  }

  private static void requireKindAndShape(LayerDescription layer) {
    if (!layer.kind().matches(ComponentFactory.NAME_PATTERN)) {
      throw RuleViolation.of(
          "the kind '" + layer.kind() + "' of layer " + layer.name(),
          "a word of the form " + ComponentFactory.NAME_PATTERN);
    }
    if (layer.outputShape().isEmpty() || layer.outputShape().stream().anyMatch(size -> size < 1)) {
      throw RuleViolation.of(
          "the output shape " + layer.outputShape() + " of layer " + layer.name(),
          "[channels, height, width] or [outputs]");
    }
  }

  static void engine(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      String engine = model.engine();
      if (engine.lines().count() > 1) {
        throw RuleViolation.of("the engine '" + engine + "'", "one line");
      }
      model.computeGradients(subject.batch(2), ModelSubject.noise(0));
      model.evaluate(subject.batch(2));
      if (!model.engine().equals(engine)) {
        throw RuleViolation.of(
            "the engine '" + model.engine() + "' after a batch", "'" + engine + "', as before");
      }
    }
  }

  /** A profile measures; the parameters and what they give next are as without it. */
  static void profile(ModelSubject subject) {
    try (Model model = subject.create(1);
        Model other = subject.create(1)) {
      Batch batch = subject.batch(2);
      byte[] before = ModelArrays.bytes(model.parameters());
      List<PassTime> times = model.profile(batch, ModelSubject.noise(0), 1);
      if (!Arrays.equals(ModelArrays.bytes(model.parameters()), before)) {
        throw RuleViolation.of("parameters changed by a profile", "the same as before");
      }
      for (PassTime time : times) {
        if (!time.operation().matches(ComponentFactory.NAME_PATTERN)) {
          throw RuleViolation.of(
              "the operation '" + time.operation() + "' of layer " + time.layer(),
              "a word of the form " + ComponentFactory.NAME_PATTERN);
        }
        if (time.chosen().nanoseconds() < 0) {
          throw RuleViolation.of(
              time.chosen().nanoseconds() + " ns for layer " + time.layer(), "at least 0");
        }
      }
      BatchResult found = model.computeGradients(batch, ModelSubject.noise(1));
      BatchResult expected = other.computeGradients(batch, ModelSubject.noise(1));
      if (!found.equals(expected)) {
        throw RuleViolation.of("a step after a profile giving " + found, expected.toString());
      }
    }
  }

  /** Images, labels and indices belong to whoever made the batch. */
  static void batches(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      Batch batch = subject.batch(2);
      float[] images = copy(batch.images());
      int[] labels = batch.labels().clone();
      int[] indices = batch.indices().clone();
      model.computeGradients(batch, ModelSubject.noise(0));
      model.estimateBuffers(batch, 0, ModelSubject.noise(1));
      model.evaluate(batch);
      predict(model, batch, subject.classes());
      model.profile(batch, ModelSubject.noise(2), 1);
      int index =
          Arrays.mismatch(GuardedTensor.bits(copy(batch.images())), GuardedTensor.bits(images));
      if (index >= 0) {
        throw RuleViolation.of("images written, first at " + index, "only reading a batch");
      }
      if (!Arrays.equals(batch.labels(), labels) || !Arrays.equals(batch.indices(), indices)) {
        throw RuleViolation.of("labels or indices written", "only reading a batch");
      }
    }
  }

  private static float[] copy(INDArray array) {
    FloatBuffer numbers = Tensors.floats(array);
    float[] copy = new float[numbers.capacity()];
    numbers.get(0, copy);
    return copy;
  }
}
