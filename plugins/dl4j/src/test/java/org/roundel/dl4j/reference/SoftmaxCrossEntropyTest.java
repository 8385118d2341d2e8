package org.roundel.dl4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.model.BatchResult;

class SoftmaxCrossEntropyTest {
  private final SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();

  @Test
  void meanOfTheClosedForm() {
    // softmax(0, ln 3) = (1/4, 3/4); softmax(ln 4, 0) = (4/5, 1/5).
    INDArray logits = Nd4j.createFromArray(new double[][] {{0, Math.log(3)}, {Math.log(4), 0}});
    loss.expect(new int[] {1, 1}, null);
    INDArray gradient = loss.computeGradient(logits, logits, new ActivationIdentity(), null);
    BatchResult result = loss.result();
    double expected = -(Math.log(0.75) + Math.log(0.2)) / 2;
    assertThat(result.loss()).isCloseTo(expected, within(1e-15));
    assertThat(result.wrong()).isEqualTo(1);
    assertThat(result.size()).isEqualTo(2);
    double[] wanted = {0.25 / 2, -0.25 / 2, 0.8 / 2, -0.8 / 2};
    assertThat(gradient.reshape(4).toDoubleVector()).containsExactly(wanted, within(1e-15));
  }

  /** Targets (½, ½) have the mean of both classes' losses; the label still counts. */
  @Test
  void theClosedFormOfTargets() {
    INDArray logits = Nd4j.createFromArray(new double[][] {{0, Math.log(3)}, {Math.log(4), 0}});
    INDArray targets = Nd4j.createFromArray(new double[][] {{0.5, 0.5}, {0, 1}});
    loss.expect(new int[] {1, 1}, targets);
    INDArray gradient = loss.computeGradient(logits, logits, new ActivationIdentity(), null);
    double first = -(Math.log(0.25) + Math.log(0.75)) / 2;
    assertThat(loss.result().loss()).isCloseTo((first - Math.log(0.2)) / 2, within(1e-15));
    assertThat(loss.result().wrong()).isEqualTo(1);
    double[] wanted = {-0.25 / 2, 0.25 / 2, 0.8 / 2, -0.8 / 2};
    assertThat(gradient.reshape(4).toDoubleVector()).containsExactly(wanted, within(1e-15));
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    loss.expect(new int[] {0, 1}, null);
    loss.measure(Nd4j.createFromArray(new float[][] {{1e30f, -1e30f}, {-5000, 5000}}));
    assertThat(loss.result()).isEqualTo(new BatchResult(0, 0, 2));
    loss.expect(new int[] {1, 0}, null);
    loss.measure(Nd4j.createFromArray(new float[][] {{3000, 1000}, {-5000, 5000}}));
    assertThat(loss.result()).isEqualTo(new BatchResult(6000, 2, 2));
  }

  @Test
  void theFirstOfEqualLogitsIsThePrediction() {
    loss.expect(new int[] {0, 1}, null);
    loss.measure(Nd4j.createFromArray(new float[][] {{2, 2}, {2, 2}}));
    assertThat(loss.result().wrong()).isEqualTo(1);
  }

  @Test
  void notANumberIsWrongAndShowsInTheLoss() {
    float nan = Float.NaN;
    loss.expect(new int[] {0, 1}, null);
    loss.measure(Nd4j.createFromArray(new float[][] {{nan, nan}, {nan, nan}}));
    assertThat(loss.result().wrong()).isEqualTo(2);
    assertThat(loss.result().loss()).isNaN();
  }
}
