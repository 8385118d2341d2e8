package org.roundel.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.roundel.api.model.BatchResult;

/**
 * Mean softmax cross-entropy of a batch, its gradient, and the number of wrong predictions, from
 * the logits z of each image with label y:
 *
 * <pre>
 *   loss = (1/n) Σ (log Σ_j exp(z_j) − z_y)      d loss / d z_j = (softmax(z)_j − [j = y]) / n
 * </pre>
 *
 * <p>It takes the place of an output layer's own loss. DL4J divides by the batch size only in its
 * updater, which Roundel does not use; dividing here makes every gradient in the net one of the
 * mean. Labels are given by {@link #expect}, not as DL4J's one-hot rows. Computed in double
 * precision; the prediction is the first of the largest logits, and a net that gives NaN is wrong.
 */
final class SoftmaxCrossEntropy implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private int[] labels = new int[0];
  private double loss;
  private int wrong;

  /** Sets the labels of the batch that comes next. */
  void expect(int[] nextLabels) {
    labels = nextLabels;
  }

  /** Returns what the last batch gave. */
  BatchResult result() {
    return new BatchResult(loss, wrong, labels.length);
  }

  /** Computes loss and error of a batch without the gradient. */
  void measure(INDArray logits) {
    compute(logits, null);
  }

  @Override
  public INDArray computeGradient(
      INDArray ignored, INDArray logits, IActivation activation, INDArray mask) {
    INDArray gradient =
        Nd4j.createUninitialized(
            logits.dataType(), new long[] {logits.size(0), logits.size(1)}, 'c');
    compute(logits, gradient);
    return gradient;
  }

  @Override
  public double computeScore(
      INDArray ignored, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    // DL4J asks after the backward pass, which has computed it already.
    return loss;
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray ignored, INDArray logits, IActivation activation, INDArray mask, boolean average) {
    INDArray gradient = computeGradient(ignored, logits, activation, mask);
    return Pair.of(loss, gradient);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray ignored, INDArray logits, IActivation activation, INDArray mask) {
    throw new UnsupportedOperationException("scores of single images are not used");
  }

  @Override
  public String name() {
    return "mean softmax cross-entropy";
  }

  private void compute(INDArray logits, @Nullable INDArray gradient) {
    int size = labels.length;
    int classes = (int) logits.size(1);
    double[] row = new double[classes];
    double sum = 0;
    int errors = 0;
    for (int image = 0; image < size; image++) {
      int best = 0;
      for (int j = 0; j < classes; j++) {
        row[j] = logits.getDouble(image, j);
        if (row[j] > row[best]) {
          best = j;
        }
      }
      int label = labels[image];
      if (best != label || Double.isNaN(row[label])) {
        errors++;
      }
      double largest = row[best];
      double own = row[label];
      double total = 0;
      for (int j = 0; j < classes; j++) {
        row[j] = StrictMath.exp(row[j] - largest);
        total += row[j];
      }
      sum += StrictMath.log(total) - (own - largest);
      if (gradient != null) {
        for (int j = 0; j < classes; j++) {
          double probability = row[j] / total;
          double target = j == label ? 1 : 0;
          gradient.putScalar(image, j, (probability - target) / size);
        }
      }
    }
    loss = sum / size;
    wrong = errors;
  }
}
