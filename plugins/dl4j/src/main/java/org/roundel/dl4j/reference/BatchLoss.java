package org.roundel.dl4j.reference;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.roundel.api.model.BatchResult;

/**
 * A loss as the mean over a batch, its gradient, and the number of wrong predictions.
 *
 * <p>It takes the place of an output layer's own loss. DL4J divides by the batch size only in its
 * updater, which Roundel does not use; dividing here makes every gradient in the net one of the
 * mean. Labels and targets are given by {@link #expect}, not as DL4J's rows. Computed in double
 * precision; the prediction is the first of the largest scores, and a net that gives NaN is wrong.
 */
abstract class BatchLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private int[] labels = new int[0];
  private @Nullable INDArray targets;
  private double loss;
  private int wrong;

  /**
   * Sets what the batch that comes next is measured by.
   *
   * @param nextTargets [size, classes]; null for those of the labels
   */
  void expect(int[] nextLabels, @Nullable INDArray nextTargets) {
    labels = nextLabels;
    targets = nextTargets;
  }

  /** Returns what the last batch gave. */
  BatchResult result() {
    return new BatchResult(loss, wrong, labels.length);
  }

  /** Computes loss and error of a batch without the gradient. */
  void measure(INDArray scores) {
    compute(scores, null);
  }

  @Override
  public INDArray computeGradient(
      INDArray ignored, INDArray scores, IActivation activation, INDArray mask) {
    INDArray gradient =
        Nd4j.createUninitialized(
            scores.dataType(), new long[] {scores.size(0), scores.size(1)}, 'c');
    compute(scores, gradient);
    return gradient;
  }

  @Override
  public double computeScore(
      INDArray ignored, INDArray scores, IActivation activation, INDArray mask, boolean average) {
    // DL4J asks after the backward pass, which has computed it already.
    return loss;
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray ignored, INDArray scores, IActivation activation, INDArray mask, boolean average) {
    INDArray gradient = computeGradient(ignored, scores, activation, mask);
    return Pair.of(loss, gradient);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray ignored, INDArray scores, IActivation activation, INDArray mask) {
    throw new UnsupportedOperationException("scores of single images are not used");
  }

  /**
   * Computes one image's loss.
   *
   * @param scores read
   * @param target read: 1 for the label and 0 for the others where nothing else is said
   * @param derivatives written: the derivative with respect to each score
   */
  abstract double image(double[] scores, double[] target, double[] derivatives);

  private void compute(INDArray scores, @Nullable INDArray gradient) {
    int size = labels.length;
    int classes = (int) scores.size(1);
    double[] row = new double[classes];
    double[] target = new double[classes];
    double[] derivatives = new double[classes];
    double sum = 0;
    int errors = 0;
    for (int image = 0; image < size; image++) {
      int best = 0;
      for (int j = 0; j < classes; j++) {
        row[j] = scores.getDouble(image, j);
        if (row[j] > row[best]) {
          best = j;
        }
      }
      int label = labels[image];
      if (best != label || Double.isNaN(row[label])) {
        errors++;
      }
      for (int j = 0; j < classes; j++) {
        target[j] = targets == null ? oneHot(j, label) : targets.getDouble(image, j);
      }
      sum += image(row, target, derivatives);
      if (gradient != null) {
        for (int j = 0; j < classes; j++) {
          gradient.putScalar(image, j, derivatives[j] / size);
        }
      }
    }
    loss = sum / size;
    wrong = errors;
  }

  private static double oneHot(int j, int label) {
    return j == label ? 1 : 0;
  }
}
