package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.evaluation.CheckpointEvaluation;

/**
 * Runs of one update an epoch, whose checkpoints are all kept, so that they tell what weights there
 * were to be averaged.
 */
class AveragedWeightsTest {
  private static final int UPDATES = 8;

  /** That of the first updates is smaller: 1/10, 2/11, 3/12, 4/13. */
  private static final double DECAY = 0.3;

  @TempDir private Path directory;
  private SmallRuns runs;

  @BeforeEach
  void makeRuns() {
    runs = new SmallRuns(directory);
  }

  @Test
  void fullPrecisionShipsTheAverageAndTrainsAsWithoutIt() {
    train("plain", "full", "0");
    train("averaged", "full", "" + DECAY);

    List<float[]> trained = history("plain", false, "layer/weight", 12);
    List<float[]> kept = history("averaged", true, "trained/layer/weight", 12);
    for (int update = 0; update <= UPDATES; update++) {
      assertThat(kept.get(update)).isEqualTo(trained.get(update));
    }
    assertAverage(history("averaged", false, "layer/weight", 12), trained);
    assertAverage(
        history("averaged", false, "layer/bias", 3), history("plain", false, "layer/bias", 3));
  }

  @Test
  void aQuantizedNetShipsTheQuantizedAverageOfItsLatentWeights() {
    train("plain", "latent-sign", "0");
    RunEventsRecorder events = train("averaged", "latent-sign", "" + DECAY);

    List<float[]> latent = history("plain", true, "latent/layer/weight", 12);
    assertThat(history("averaged", true, "latent/layer/weight", 12).get(UPDATES))
        .isEqualTo(latent.get(UPDATES));
    List<float[]> average = history("averaged", true, "average/layer/weight", 12);
    assertAverage(average, latent);
    List<float[]> shipped = history("averaged", false, "layer/weight", 12);
    double gap = 0;
    for (int index = 0; index < 12; index++) {
      float of = average.get(UPDATES)[index];
      assertThat(shipped.get(UPDATES)[index]).isEqualTo(of >= 0 ? 1f : -1f);
      gap += Math.abs(shipped.get(UPDATES)[index] - of) / 12;
    }
    assertThat(events.epochs.get(UPDATES - 1).layers().get(0).latentGap())
        .isCloseTo(gap, within(1e-6));
    assertAverage(
        history("averaged", false, "layer/bias", 3), history("plain", false, "layer/bias", 3));
  }

  @Test
  void whatAQuantizerLearnsIsAveragedToo() {
    train("plain", "averaging", "0");
    train("averaged", "averaging", "" + DECAY);

    List<float[]> scale = history("plain", true, "quantizer/scale/layer/weight", 3);
    assertThat(history("averaged", true, "quantizer/scale/layer/weight", 3).get(UPDATES))
        .isEqualTo(scale.get(UPDATES));
    assertAverage(history("averaged", true, "quantizer-average/scale/layer/weight", 3), scale);
  }

  @Test
  void whatShipsHasStatisticsOfItsOwnAndIsEvaluatedWithThem() {
    train("plain", "latent-sign", "0");
    RunEventsRecorder events = train("averaged", "latent-sign", "" + DECAY);

    float[] shipped = history("averaged", false, "layer/running-mean", 4).get(UPDATES);
    float[] weights = history("averaged", false, "layer/weight", 12).get(UPDATES);
    double[] images = SmallRuns.meanImage();
    for (int input = 0; input < 4; input++) {
      assertThat((double) shipped[input]).isCloseTo(weights[input] * images[input], within(1e-5));
    }
    try (Checkpoint last = runs.checkpoint("averaged", UPDATES)) {
      assertThat(SmallRuns.read(last.training(), "buffer/layer/running-mean", 4))
          .isEqualTo(history("plain", false, "layer/running-mean", 4).get(UPDATES));
    }
    CheckpointEvaluation evaluation =
        runs.trainer().evaluate(runs.path("averaged"), "newest", OptionalInt.empty());
    assertThat(evaluation.test().evaluation()).isEqualTo(events.epochs.get(UPDATES - 1).test());
    assertThat(Objects.requireNonNull(evaluation.latentTest()).evaluation())
        .isEqualTo(events.epochs.get(UPDATES - 1).latentTest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "latent-stochastic", "averaging", "freezing"})
  void aStoppedRunGoesOnToTheSameBytes(String quantizer) throws IOException {
    runs.assertSameBytesWhereverStopped(
        SmallRuns.configuration(quantizer, "ema-decay", "0.9", "latent-error", "true"));
  }

  @Test
  void weightsThatAreOnlyEverOnAGridAreNotAveraged() {
    assertThatThrownBy(() -> train("refused", "stored-stochastic", "0.99"))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "ema-decay: 0.99 averages the trained weights, and those of stored-stochastic are"
                + " values of a grid, which their average is not; allowed: 0, or a quantizer that"
                + " keeps latent weights or none");
    assertThat(runs.path("refused")).doesNotExist();
  }

  private static void assertAverage(List<float[]> averages, List<float[]> values) {
    double[] expected = new double[values.get(0).length];
    for (int update = 0; update <= UPDATES; update++) {
      double share = update == 0 ? 1 : 1 - Math.min(DECAY, update / (update + 9.0));
      for (int index = 0; index < expected.length; index++) {
        expected[index] += share * (values.get(update)[index] - expected[index]);
        assertThat((double) averages.get(update)[index])
            .as("element %s after update %s", index, update)
            .isCloseTo(expected[index], within(1e-6));
      }
    }
    assertThat(averages.get(UPDATES)).isNotEqualTo(values.get(UPDATES));
  }

  private RunEventsRecorder train(String name, String quantizer, String decay) {
    return runs.train(
        name,
        SmallRuns.configuration(
            quantizer,
            "batch-size",
            "58",
            "epochs",
            "" + UPDATES,
            "keep-checkpoints",
            "100",
            "latent-error",
            "true",
            "ema-decay",
            decay));
  }

  /** Returns an array of all of a run's checkpoints. */
  private List<float[]> history(String name, boolean training, String array, int length) {
    List<float[]> values = new ArrayList<>();
    for (int step = 0; step <= UPDATES; step++) {
      try (Checkpoint checkpoint = runs.checkpoint(name, step)) {
        values.add(
            SmallRuns.read(training ? checkpoint.training() : checkpoint.weights(), array, length));
      }
    }
    return values;
  }
}
