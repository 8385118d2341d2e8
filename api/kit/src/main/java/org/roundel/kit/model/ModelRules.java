package org.roundel.kit.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.RuleViolation;

/** What every {@link Model} must do. */
public final class ModelRules {
  private ModelRules() {}

  /** Returns the rules. */
  public static List<Rule<ModelSubject>> all() {
    return List.of(
        Rule.of("names differ and the lists stay the same", ModelRules::names),
        Rule.of("arrays are dense floats that do not overlap", ModelRules::arrays),
        Rule.of("weights have the shape of their role", ModelRules::shapes),
        Rule.of("the net computes with the values now in place", ModelRules::valuesInPlace),
        Rule.of("the seed decides the initial weights", ModelRules::seed),
        Rule.of("gradients are those of the mean loss", ModelRules::gradients),
        Rule.of("targets take the labels' place in the loss", ModelTargetRules::targets),
        Rule.of("gradients of targets are those of their loss", ModelTargetRules::gradients),
        Rule.of("computing gradients leaves the parameters", ModelRules::parametersStay),
        Rule.of("evaluating changes nothing", ModelRules::evaluation),
        Rule.of("scores tell what evaluating counts", ModelOutputRules::scores),
        Rule.of("layers describe the net and its parameters", ModelOutputRules::layers),
        Rule.of("the engine is one line, always the same", ModelOutputRules::engine),
        Rule.of("profiling leaves the parameters and the next step", ModelOutputRules::profile),
        Rule.of("batches are only read", ModelOutputRules::batches),
        Rule.of(
            "estimating buffers leaves the parameters and repeats", ModelRules::estimatedBuffers),
        Rule.of("smaller batches work", ModelRules::smallerBatches),
        Rule.of("the same steps give the same bytes", ModelRules::sameSteps),
        Rule.of("closing twice is harmless", ModelRules::closing));
  }

  private static void names(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      if (model.parameters().isEmpty()) {
        throw RuleViolation.of("no parameters", "at least one");
      }
      Set<String> names = new HashSet<>();
      for (Parameter parameter : model.parameters()) {
        requireNew(names, parameter.name());
      }
      for (Buffer buffer : model.buffers()) {
        requireNew(names, buffer.name());
      }
      List<Parameter> before = List.copyOf(model.parameters());
      model.computeGradients(subject.batch(2), ModelSubject.noise(0));
      List<Parameter> after = model.parameters();
      for (int index = 0; index < before.size(); index++) {
        if (after.size() != before.size()
            || after.get(index).values() != before.get(index).values()
            || after.get(index).gradient() != before.get(index).gradient()) {
          throw RuleViolation.of(
              "other parameters or arrays after a batch, first " + before.get(index).name(),
              "the same arrays for the model's whole life");
        }
      }
    }
  }

  private static void requireNew(Set<String> names, String name) {
    if (!names.add(name)) {
      throw RuleViolation.of("two arrays named '" + name + "'", "a name of its own for each");
    }
  }

  private static void arrays(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      // Tensors.floats refuses what is not dense float32 in c order.
      List<FloatBuffer> arrays = ModelArrays.all(model);
      for (int index = 0; index < arrays.size(); index++) {
        for (int element = 0; element < arrays.get(index).limit(); element++) {
          arrays.get(index).put(element, index);
        }
      }
      for (int index = 0; index < arrays.size(); index++) {
        for (int element = 0; element < arrays.get(index).limit(); element++) {
          if (arrays.get(index).get(element) != index) {
            throw RuleViolation.of(
                "array " + index + " sharing memory with another", "memory of its own for each");
          }
        }
      }
    }
  }

  private static void shapes(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      for (Parameter parameter : model.parameters()) {
        int rank = parameter.values().rank();
        boolean fits =
            switch (parameter.role()) {
              case CONVOLUTION_WEIGHT -> rank == 4;
              case LINEAR_WEIGHT -> rank == 2;
              case BIAS, NORMALISATION -> rank == 1;
              case OTHER -> rank > 0;
            };
        if (!fits) {
          throw RuleViolation.of(
              parameter.name() + " of shape " + Arrays.toString(parameter.values().shape()),
              "the shape that the Javadoc of ParameterRole." + parameter.role() + " gives");
        }
      }
    }
  }

  /** A net computes what another net's values make it compute. */
  private static void valuesInPlace(ModelSubject subject) {
    try (Model model = subject.create(7);
        Model other = subject.create(8)) {
      Batch batch = subject.batch(2);
      List<FloatBuffer> source = ModelArrays.all(model);
      List<FloatBuffer> target = ModelArrays.all(other);
      for (int index = 0; index < source.size(); index++) {
        target.get(index).duplicate().put(source.get(index).duplicate());
      }
      requireEqual(
          other.evaluate(batch),
          model.evaluate(batch),
          "evaluating after another net's values were written");
      requireEqual(
          other.computeGradients(batch, ModelSubject.noise(0)),
          model.computeGradients(batch, ModelSubject.noise(0)),
          "a batch after another net's values were written");
    }
  }

  private static void seed(ModelSubject subject) {
    try (Model model = subject.create(7);
        Model same = subject.create(7);
        Model other = subject.create(8)) {
      byte[] bytes = ModelArrays.bytes(model);
      requireSame(ModelArrays.bytes(same), bytes, "another net of the same seed");
      if (Arrays.equals(ModelArrays.bytes(other), bytes)) {
        throw RuleViolation.of("the same initial weights for seeds 7 and 8", "others");
      }
    }
  }

  private static void gradients(ModelSubject subject) {
    try (Model model = subject.create(3)) {
      Batch batch = subject.batch(4);
      ModelGradient.check(model, batch, ModelSubject.noise(5));
    }
  }

  private static void parametersStay(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      byte[] before = ModelArrays.bytes(model.parameters());
      BatchResult result = model.computeGradients(subject.batch(2), ModelSubject.noise(0));
      if (result.size() != subject.batchSize()) {
        throw RuleViolation.of(
            "a result for " + result.size() + " images", subject.batchSize() + "");
      }
      if (!(result.loss() > 0 && result.loss() < Double.POSITIVE_INFINITY)) {
        throw RuleViolation.of("the loss " + result.loss(), "a positive, finite number");
      }
      requireSame(ModelArrays.bytes(model.parameters()), before, "computing gradients");
    }
  }

  private static void evaluation(ModelSubject subject) {
    try (Model model = subject.create(1)) {
      model.computeGradients(subject.batch(2), ModelSubject.noise(0));
      byte[] before = ModelArrays.bytes(model);
      BatchResult first = model.evaluate(subject.batch(3));
      requireSame(ModelArrays.bytes(model), before, "evaluating");
      requireEqual(model.evaluate(subject.batch(3)), first, "evaluating again");
    }
  }

  private static void estimatedBuffers(ModelSubject subject) {
    try (Model model = subject.create(1);
        Model same = subject.create(1)) {
      byte[] before = ModelArrays.bytes(model.parameters());
      for (int pass = 0; pass < 2; pass++) {
        model.estimateBuffers(
            subject.batch(pass), (long) pass * subject.batchSize(), ModelSubject.noise(pass));
        // Others may draw ND4J's random numbers in between.
        Nd4j.getRandom().nextInt();
        same.estimateBuffers(
            subject.batch(pass), (long) pass * subject.batchSize(), ModelSubject.noise(pass));
      }
      requireSame(ModelArrays.bytes(model.parameters()), before, "estimating buffers");
      requireSame(ModelArrays.bytes(same), ModelArrays.bytes(model), "a second net's estimate");
    }
  }

  private static void smallerBatches(ModelSubject subject) {
    try (Model model = subject.create(1);
        Model fresh = subject.create(1)) {
      Batch whole = subject.batch(2);
      int part = subject.batchSize() - 1;
      Batch front = ModelArrays.part(whole, 0, part);
      Batch rest = ModelArrays.part(whole, part, subject.batchSize());

      // In inference mode images do not influence each other.
      BatchResult all = model.evaluate(whole);
      BatchResult first = model.evaluate(front);
      BatchResult second = model.evaluate(rest);
      double mean = (first.loss() * part + second.loss()) / subject.batchSize();
      if (!(Math.abs(mean - all.loss()) <= 1e-5 * (1 + all.loss()))
          || first.wrong() + second.wrong() != all.wrong()) {
        throw RuleViolation.of(
            "loss "
                + mean
                + " and "
                + (first.wrong() + second.wrong())
                + " wrong in batches of "
                + part
                + " and 1",
            "loss " + all.loss() + " and " + all.wrong() + " wrong, as in one batch");
      }

      model.computeGradients(front, ModelSubject.noise(0));
      fresh.computeGradients(front, ModelSubject.noise(0));
      // A smaller batch leaves nothing behind that a later one could meet.
      requireEqual(
          model.computeGradients(whole, ModelSubject.noise(1)),
          fresh.computeGradients(whole, ModelSubject.noise(1)),
          "a batch after evaluating smaller ones");
      requireSame(
          ModelArrays.bytes(model), ModelArrays.bytes(fresh), "evaluating smaller batches before");
    }
  }

  private static void sameSteps(ModelSubject subject) {
    try (Model first = subject.create(1);
        Model second = subject.create(1)) {
      for (int step = 0; step < 2; step++) {
        Batch batch = subject.batch(step);
        BatchResult result = first.computeGradients(batch, ModelSubject.noise(step));
        // Others may draw ND4J's random numbers in between.
        Nd4j.getRandom().nextInt();
        requireEqual(
            second.computeGradients(batch, ModelSubject.noise(step)),
            result,
            "a second net in step " + step);
        requireSame(ModelArrays.bytes(second), ModelArrays.bytes(first), "a second net");
      }
    }
  }

  private static void closing(ModelSubject subject) {
    Model model = subject.create(1);
    model.computeGradients(subject.batch(2), ModelSubject.noise(0));
    model.close();
    model.close();
  }

  private static void requireEqual(BatchResult found, BatchResult expected, String what) {
    if (!found.equals(expected)) {
      throw RuleViolation.of(what + " giving " + found, expected.toString());
    }
  }

  private static void requireSame(byte[] found, byte[] expected, String what) {
    int index = Arrays.mismatch(found, expected);
    if (index >= 0) {
      throw RuleViolation.of(
          what + " changing the model's arrays, first at byte " + index, "the same bytes");
    }
  }
}
