package org.roundel.onednn.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
  private static final int CLASSES = 5;

  @Test
  void crossEntropyInClosedForm() {
    // softmax(0, ln 3) = (1/4, 3/4).
    double[] slopes = new double[2];
    double loss =
        Loss.SOFTMAX_CROSS_ENTROPY.image(
            new double[] {0, Math.log(3)}, new double[] {0, 1}, slopes);
    assertThat(loss).isCloseTo(-Math.log(0.75), within(1e-15));
    assertThat(slopes).containsExactly(new double[] {0.25, -0.25}, within(1e-15));
  }

  /** −¼ log ¼ − ¾ log ¾, where the slopes vanish; and the mean of both classes' losses. */
  @Test
  void crossEntropyOfTargetsInClosedForm() {
    double[] slopes = new double[2];
    double[] scores = {0, Math.log(3)};
    double entropy = 0.25 * Math.log(4) + 0.75 * Math.log(4 / 3.0);
    double loss = Loss.SOFTMAX_CROSS_ENTROPY.image(scores, new double[] {0.25, 0.75}, slopes);
    assertThat(loss).isCloseTo(entropy, within(1e-15));
    assertThat(slopes).containsExactly(new double[] {0, 0}, within(1e-15));
    double mean = Loss.SOFTMAX_CROSS_ENTROPY.image(scores, new double[] {0.5, 0.5}, slopes);
    assertThat(mean).isCloseTo((Math.log(4) + Math.log(4 / 3.0)) / 2, within(1e-15));
    assertThat(slopes).containsExactly(new double[] {-0.25, 0.25}, within(1e-15));
  }

  @Test
  void targetsOfTheLabelsGiveTheSameBits() {
    float[] scores = {1, -0.5f, 0.25f, 2, Float.NEGATIVE_INFINITY, 3};
    FloatBuffer byLabels = FloatBuffer.allocate(6);
    FloatBuffer byTargets = FloatBuffer.allocate(6);
    int[] labels = {1, 1, 1};
    FloatBuffer oneHot = FloatBuffer.wrap(new float[] {0, 1, 0, 1, 0, 1});
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY;
    Loss.Outcome expected = loss.batch(FloatBuffer.wrap(scores), byLabels, labels, null, 2);
    assertThat(loss.batch(FloatBuffer.wrap(scores), byTargets, labels, oneHot, 2))
        .isEqualTo(expected);
    assertThat(expected.loss()).isFinite();
    assertThat(byTargets.array()).isEqualTo(byLabels.array());
  }

  @Test
  void wrongIsCountedByLabelsWhateverTheTargets() {
    FloatBuffer scores = FloatBuffer.wrap(new float[] {1, 0, 1, 0});
    FloatBuffer targets = FloatBuffer.wrap(new float[] {0, 1, 0, 1});
    Loss.Outcome outcome =
        Loss.SOFTMAX_CROSS_ENTROPY.batch(
            scores, FloatBuffer.allocate(4), new int[] {0, 1}, targets, 2);
    assertThat(outcome.wrong()).isEqualTo(1);
  }

  @Test
  void squaredHingeInClosedForm() {
    // Margins 1 − 0.5 for the label, 1 + 0.25 and 1 − 3 for the others: 0.25 + 1.5625 + 0.
    double[] slopes = new double[3];
    double loss =
        Loss.SQUARED_HINGE.image(new double[] {0.5, 0.25, -3}, new double[] {1, 0, 0}, slopes);
    assertThat(loss).isEqualTo(1.8125);
    assertThat(slopes).containsExactly(-1, 2.5, 0);
  }

  @Test
  void hugeScoresDoNotOverflow() {
    float[] scores = {1e30f, -1e30f, -5000, 5000};
    Loss.Outcome right = batch(Loss.SOFTMAX_CROSS_ENTROPY, scores.clone(), 0, 1);
    assertThat(right).isEqualTo(new Loss.Outcome(0, 0));
    float[] wrong = {3000, 1000, -5000, 5000};
    assertThat(batch(Loss.SOFTMAX_CROSS_ENTROPY, wrong, 1, 0)).isEqualTo(new Loss.Outcome(6000, 2));
  }

  @Test
  void theFirstOfEqualScoresIsThePrediction() {
    assertThat(batch(Loss.SOFTMAX_CROSS_ENTROPY, new float[] {2, 2, 2, 2}, 0, 1).wrong())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void notANumberIsWrongAndShowsInTheLoss(Loss loss) {
    float nan = Float.NaN;
    Loss.Outcome outcome = batch(loss, new float[] {nan, nan, nan, nan}, 0, 1);
    assertThat(outcome.wrong()).isEqualTo(2);
    assertThat(outcome.loss()).isNaN();
  }

  /** With h = 1e-6 rounding is off by 1e-9 at losses near 10, and hinges are not within h. */
  @ParameterizedTest
  @EnumSource
  void slopesFollowCentralDifferences(Loss loss) {
    Random random = new Random(4);
    double[] scores = new double[CLASSES];
    double[] slopes = new double[CLASSES];
    double[] unused = new double[CLASSES];
    for (int round = 0; round < 100; round++) {
      double[] targets = new double[CLASSES];
      targets[round % CLASSES] = 1;
      for (int j = 0; j < CLASSES; j++) {
        scores[j] = 2 * random.nextGaussian();
      }
      loss.image(scores, targets, slopes);
      for (int j = 0; j < CLASSES; j++) {
        double score = scores[j];
        scores[j] = score + 1e-6;
        double above = loss.image(scores, targets, unused);
        scores[j] = score - 1e-6;
        double below = loss.image(scores, targets, unused);
        scores[j] = score;
        assertThat(slopes[j]).isCloseTo((above - below) / 2e-6, within(1e-7));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsTheMeanOfItsImagesAndMayOverwriteItsScores(Loss loss) {
    float[] scores = {1, -0.5f, 0.25f, 2};
    double[] slopes = new double[2];
    double[] targets = {1, 0};
    double first = loss.image(new double[] {1, -0.5}, targets, slopes);
    float slope = (float) (slopes[0] / 2);
    double second = loss.image(new double[] {0.25, 2}, targets, slopes);
    FloatBuffer buffer = FloatBuffer.wrap(scores);
    Loss.Outcome outcome = loss.batch(buffer, buffer, new int[] {0, 0}, null, 2);
    assertThat(outcome).isEqualTo(new Loss.Outcome((first + second) / 2, 1));
    assertThat(scores[0]).isEqualTo(slope);
    assertThat(scores[2]).isEqualTo((float) (slopes[0] / 2));
  }

  private static Loss.Outcome batch(Loss loss, float[] scores, int... labels) {
    return loss.batch(
        FloatBuffer.wrap(scores), FloatBuffer.allocate(scores.length), labels, null, 2);
  }
}
