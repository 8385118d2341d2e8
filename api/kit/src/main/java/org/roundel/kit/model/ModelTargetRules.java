package org.roundel.kit.model;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Model;
import org.roundel.kit.probe.GuardedTensor;
import org.roundel.kit.rule.RuleViolation;

/** What a {@link Model} does with a batch's targets, if it takes them. */
final class ModelTargetRules {
  /** How much of a label's probability goes to all classes alike. */
  private static final double SMOOTHING = 0.2;

  /** The losses are means of what float32 nets give; see {@link ModelGradient} on rounding. */
  private static final double ROUNDING = 0x1p-17;

  private ModelTargetRules() {}

  /**
   * Targets that are the labels change nothing, smoothed labels have the loss that follows from
   * those of labels alone, wrong images are counted by labels, and evaluating heeds no targets.
   */
  static void targets(ModelSubject subject) {
    try (Model model = subject.create(1);
        Model same = subject.create(1)) {
      if (!model.takesTargets()) {
        return;
      }
      Batch batch = subject.batch(2);
      BatchResult byLabels = model.computeGradients(batch, ModelSubject.noise(0));
      Batch oneHot = batch.withTargets(rows(batch.labels(), subject.classes(), 0));
      BatchResult byTargets = same.computeGradients(oneHot, ModelSubject.noise(0));
      if (!byTargets.equals(byLabels)
          || !Arrays.equals(ModelArrays.bytes(same), ModelArrays.bytes(model))) {
        throw RuleViolation.of(
            byTargets
                + " of targets that are 1 for the label and 0 for the others, or gradients"
                + " that differ",
            byLabels + " and the same bytes, as of the labels alone");
      }
      requireSmoothed(model, batch, subject.classes(), byLabels);
      requireUnheeded(model, batch, subject.classes());
    }
  }

  /**
   * A loss −Σ t_k·log p_k is linear in t: that of (1 − ε)·label + ε/K is made of the label's and of
   * all K classes'.
   */
  private static void requireSmoothed(Model model, Batch batch, int classes, BatchResult byLabels) {
    double expected = (1 - SMOOTHING) * byLabels.loss();
    for (int label = 0; label < classes; label++) {
      int[] all = new int[batch.size()];
      Arrays.fill(all, label);
      BatchResult ofClass =
          model.computeGradients(new Batch(batch.images(), all), ModelSubject.noise(0));
      expected += SMOOTHING / classes * ofClass.loss();
    }
    Batch smoothed = batch.withTargets(rows(batch.labels(), classes, SMOOTHING));
    BatchResult found = model.computeGradients(smoothed, ModelSubject.noise(0));
    if (!(Math.abs(found.loss() - expected) <= ROUNDING * (1 + expected))) {
      throw RuleViolation.of(
          "the loss " + found.loss() + " of labels smoothed by " + SMOOTHING,
          expected + ", as the losses of each class alone say");
    }
    if (found.wrong() != byLabels.wrong()) {
      throw RuleViolation.of(
          found.wrong() + " wrong images where there are targets",
          byLabels.wrong() + ", counted by the labels");
    }
  }

  private static void requireUnheeded(Model model, Batch batch, int classes) {
    GuardedTensor targets =
        GuardedTensor.of(copy(rows(batch.labels(), classes, SMOOTHING)), batch.size(), classes);
    float[] before = targets.values();
    Batch smoothed = batch.withTargets(targets.tensor());
    model.computeGradients(smoothed, ModelSubject.noise(0));
    BatchResult expected = model.evaluate(batch);
    BatchResult found = model.evaluate(smoothed);
    if (!found.equals(expected)) {
      throw RuleViolation.of(
          found + " on evaluating a batch with targets", expected + ", by its labels");
    }
    if (!Arrays.equals(targets.values(), before)) {
      throw RuleViolation.of("targets written", "only reading a batch");
    }
  }

  /** The loss that {@link Model#computeGradients} gives has the gradients that it writes. */
  static void gradients(ModelSubject subject) {
    try (Model model = subject.create(3)) {
      if (model.takesTargets()) {
        Batch batch = subject.batch(4);
        // Other classes than the labels', so that gradients of the labels do not pass.
        int[] others = new int[batch.size()];
        for (int image = 0; image < others.length; image++) {
          others[image] = (batch.labels()[image] + 1) % subject.classes();
        }
        INDArray targets = rows(others, subject.classes(), SMOOTHING);
        ModelGradient.check(model, batch.withTargets(targets), ModelSubject.noise(5));
      }
    }
  }

  /** Returns a row for each label: (1 − ε)·label + ε/K. */
  private static INDArray rows(int[] labels, int classes, double smoothing) {
    INDArray rows = Nd4j.create(DataType.FLOAT, labels.length, classes);
    FloatBuffer numbers = Tensors.floats(rows);
    for (int index = 0; index < numbers.capacity(); index++) {
      double own = labels[index / classes] == index % classes ? 1 - smoothing : 0;
      numbers.put(index, (float) (own + smoothing / classes));
    }
    return rows;
  }

  private static float[] copy(INDArray array) {
    FloatBuffer numbers = Tensors.floats(array);
    float[] copy = new float[numbers.capacity()];
    numbers.get(0, copy);
    return copy;
  }
}
