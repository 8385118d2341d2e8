package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.checkpoint.Checkpoint;

/** One update on all 58 images, so that the weights tell what gradient there was. */
class ClippedGradientTest {
  private static final double RATE = 0.2;
  private static final double LARGEST = 0.25;

  @TempDir private Path directory;
  private SmallRuns runs;

  @BeforeEach
  void makeRuns() {
    runs = new SmallRuns(directory);
  }

  @Test
  void allGradientsTogetherAreScaledToTheLargestNorm() {
    double norm = train("free", "full", "0").steps.get(0).gradientNorm();
    assertThat(norm).isGreaterThan(2 * LARGEST);
    RunEventsRecorder clipped = train("clipped", "full", "" + LARGEST);

    assertThat(clipped.steps.get(0).gradientNorm()).isEqualTo(norm);
    double[] free = gradient("free");
    double[] scaled = gradient("clipped");
    double squares = 0;
    for (int index = 0; index < free.length; index++) {
      squares += scaled[index] * scaled[index];
      assertThat(scaled[index]).isCloseTo(free[index] * LARGEST / norm, within(1e-6));
    }
    assertThat(Math.sqrt(squares)).isCloseTo(LARGEST, within(1e-6));
  }

  /** The hook adds up the gradients that it is given. */
  @Test
  void theQuantizerIsGivenTheScaledOne() {
    double norm = train("free", "averaging", "0").steps.get(0).gradientNorm();
    train("clipped", "averaging", "" + norm / 3);

    float[] free = sums("free");
    float[] scaled = sums("clipped");
    for (int index = 0; index < free.length; index++) {
      assertThat(scaled[index]).isCloseTo(free[index] / 3, within(1e-6f));
    }
  }

  @Test
  void aNormThatIsHardlyLargerIsScaledToo() {
    double norm = train("free", "full", "0").steps.get(0).gradientNorm();
    train("clipped", "full", "" + 0.99 * norm);

    double[] free = gradient("free");
    double[] scaled = gradient("clipped");
    for (int index = 0; index < free.length; index++) {
      assertThat(scaled[index]).isCloseTo(0.99 * free[index], within(1e-6));
    }
  }

  @Test
  void smallerGradientsStayAsTheyAre() throws IOException {
    double norm = train("free", "full", "0").steps.get(0).gradientNorm();
    train("larger", "full", "" + 1.01 * norm);

    runs.assertSameBytes("free", "larger");
  }

  private RunEventsRecorder train(String name, String quantizer, String largest) {
    return runs.train(
        name,
        SmallRuns.configuration(
            quantizer, "batch-size", "58", "epochs", "1", "clip-norm", largest));
  }

  /** Returns what the only update took off the weights and biases, divided by its rate. */
  private double[] gradient(String name) {
    double[] gradient = new double[15];
    try (Checkpoint before = runs.checkpoint(name, 0);
        Checkpoint after = runs.checkpoint(name, 1)) {
      float[] weights = SmallRuns.read(before.weights(), "layer/weight", 12);
      float[] updated = SmallRuns.read(after.weights(), "layer/weight", 12);
      float[] bias = SmallRuns.read(after.weights(), "layer/bias", 3);
      for (int index = 0; index < 15; index++) {
        double change = index < 12 ? weights[index] - updated[index] : -bias[index - 12];
        gradient[index] = change / RATE;
      }
    }
    return gradient;
  }

  private float[] sums(String name) {
    try (Checkpoint after = runs.checkpoint(name, 1)) {
      return SmallRuns.read(after.training(), "quantizer/gradient-sum/layer/weight", 12);
    }
  }
}
