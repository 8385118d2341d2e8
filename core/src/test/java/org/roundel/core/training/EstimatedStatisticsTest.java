package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.checkpoint.Checkpoint;

/** A method that ships the weights it trains with, with statistics estimated all the same. */
class EstimatedStatisticsTest {
  @TempDir private Path directory;
  private SmallRuns runs;

  @BeforeEach
  void makeRuns() {
    runs = new SmallRuns(directory);
  }

  @Test
  void whatShipsHasStatisticsOfItsOwnAndTrainingGoesOnWithIts() {
    RunEventsRecorder events = train("estimated", "true");
    train("followed", "false");

    try (Checkpoint estimated = runs.newest("estimated");
        Checkpoint followed = runs.newest("followed")) {
      float[] weights = SmallRuns.read(estimated.weights(), "layer/weight", 12);
      float[] shipped = SmallRuns.read(estimated.weights(), "layer/running-mean", 4);
      double[] images = SmallRuns.meanImage();
      for (int input = 0; input < 4; input++) {
        assertThat((double) shipped[input]).isCloseTo(weights[input] * images[input], within(1e-5));
      }
      float[] training = SmallRuns.read(estimated.training(), "buffer/layer/running-mean", 4);
      assertThat(training)
          .isNotEqualTo(shipped)
          .isEqualTo(SmallRuns.read(followed.weights(), "layer/running-mean", 4));
      for (String name : List.of("latent/layer/weight", "optimizer/velocity/layer/weight")) {
        assertThat(SmallRuns.read(estimated.training(), name, 12))
            .isEqualTo(SmallRuns.read(followed.training(), name, 12));
      }
    }
    assertThat(
            runs.trainer()
                .evaluate(runs.path("estimated"), "newest", OptionalInt.empty())
                .test()
                .evaluation())
        .isEqualTo(events.epochs.get(2).test());
  }

  @Test
  void aStoppedRunGoesOnToTheSameBytes() throws IOException {
    runs.assertSameBytesWhereverStopped(
        SmallRuns.configuration("stored-stochastic", "estimate-statistics", "true"));
  }

  private RunEventsRecorder train(String name, String estimate) {
    return runs.train(
        name, SmallRuns.configuration("latent-stochastic", "estimate-statistics", estimate));
  }
}
