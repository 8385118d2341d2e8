package org.roundel.dl4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SquaredHingeTest {
  private final SquaredHinge loss = new SquaredHinge();

  /**
   * Label 0, scores (0.5, −2, 1): margins 1 − 0.5, 1 + (−2) below 0, 1 + 1. Label 2, scores (−1, 0,
   * 3): margins 0, 1, and 1 − 3 below 0. The loss is (0.25 + 4 + 1) / 2.
   */
  @Test
  void meanOfTheClosedForm() {
    INDArray scores = Nd4j.createFromArray(new double[][] {{0.5, -2, 1}, {-1, 0, 3}});
    loss.expect(new int[] {0, 2}, null);
    INDArray gradient = loss.computeGradient(scores, scores, new ActivationIdentity(), null);
    assertThat(loss.result().loss()).isCloseTo(5.25 / 2, within(1e-15));
    assertThat(loss.result().wrong()).isEqualTo(1);
    double[] wanted = {-0.5, 0, 2, 0, 1, 0};
    assertThat(gradient.reshape(6).toDoubleVector()).containsExactly(wanted, within(1e-15));
  }

  @Test
  void notANumberIsWrongAndShowsInTheLoss() {
    float nan = Float.NaN;
    loss.expect(new int[] {0}, null);
    loss.measure(Nd4j.createFromArray(new float[][] {{nan, 1}}));
    assertThat(loss.result().wrong()).isEqualTo(1);
    assertThat(loss.result().loss()).isNaN();
  }
}
