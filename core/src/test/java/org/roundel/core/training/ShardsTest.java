package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.core.RoundelException;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.plugin.PluginRegistry;

/** Batches in parts. The testing model refuses batches that it was not made for. */
class ShardsTest {
  private static final int IMAGES = 58;

  @TempDir private Path directory;
  private SmallRuns runs;
  private final List<String> passes = new ArrayList<>();
  private int madeFor;

  @BeforeEach
  void makeRuns() {
    runs = new SmallRuns(directory);
  }

  /** The gradient of softmax regression is a mean over images, whatever parts they come in. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 58})
  void thePartsGiveTheGradientOfTheWhole(int shards) {
    StepCompleted whole = oneUpdate("whole", 1).steps.get(0);
    StepCompleted parts = oneUpdate("parts", shards).steps.get(0);

    assertThat(parts.loss()).isCloseTo(whole.loss(), within(1e-12));
    assertThat(parts.wrong()).isEqualTo(whole.wrong());
    assertThat(parts.images()).isEqualTo(IMAGES);
    assertThat(parts.gradientNorm()).isCloseTo(whole.gradientNorm(), within(1e-6));
    float[] expected = weights("whole", "layer/weight", 12);
    float[] found = weights("parts", "layer/weight", 12);
    for (int index = 0; index < 12; index++) {
      assertThat(found[index]).isCloseTo(expected[index], within(1e-6f));
    }
  }

  /** The testing model's statistics follow the first image of what it is given. */
  @ParameterizedTest
  @CsvSource({"1, 58", "3, '20, 19, 19'"})
  void statisticsAreTheMeanOfThoseOfThePartsWeightedByImages(int shards, String sizes)
      throws IOException {
    oneUpdate("run", shards);

    float[] weights;
    try (Checkpoint start = runs.checkpoint("run", 0)) {
      weights = SmallRuns.read(start.weights(), "layer/weight", 12);
    }
    float[] found = weights("run", "layer/running-mean", 4);
    DatasetFactory blobs = new TestingPlugin().datasets().get(0);
    try (Dataset dataset = blobs.create(Options.defaults(blobs.options()), directory);
        BatchReader reader = new BatchReader(dataset, Split.TRAIN, IMAGES, 1)) {
      reader.start(1, 0);
      FloatBuffer images = Tensors.floats(Objects.requireNonNull(reader.next()).images());
      for (int input = 0; input < 4; input++) {
        double expected = 0;
        int first = 0;
        for (String size : sizes.split(", ")) {
          int count = Integer.parseInt(size);
          double followed = 0.9 * 0 + 0.1 * weights[input] * images.get(first * 4 + input);
          expected += followed * count / IMAGES;
          first += count;
        }
        assertThat((double) found[input]).isCloseTo(expected, within(1e-7));
      }
    }
  }

  @Test
  void eachPartHasItsSizeAndRandomNumbersOfItsOwnAndTheNetIsMadeForTheLargest() {
    new Trainer(PluginRegistry.of(new TestingPlugin(), new ListingPlugin()), Clock.SYSTEM)
        .train(
            SmallRuns.configuration("full", "model", "listing", "epochs", "1", "shards", "3"),
            directory.resolve("listed"),
            new RunEventsRecorder(),
            () -> false);

    List<String> expected = new ArrayList<>();
    for (int step = 1; step <= 4; step++) {
      int[] sizes = step < 4 ? new int[] {6, 5, 5} : new int[] {4, 3, 3};
      for (int part = 0; part < 3; part++) {
        RandomSource random = RandomSource.of(1, RandomPurpose.MODEL, step).forShard(part);
        expected.add(sizes[part] + " images, " + random);
      }
    }
    assertThat(passes).isEqualTo(expected).doesNotHaveDuplicates();
    assertThat(madeFor).isEqualTo(6);
  }

  /** The last batch has 10 images, so it has 10 parts where the others have 16. */
  @ParameterizedTest
  @ValueSource(strings = {"3", "16"})
  void aStoppedRunGoesOnToTheSameBytes(String shards) throws IOException {
    runs.assertSameBytesWhereverStopped(
        SmallRuns.configuration("latent-stochastic", "shards", shards, "latent-error", "true"));
  }

  @Test
  void aFailureInALaterPartLeavesTheRunningStatisticsAsTheyWere() {
    assertThatThrownBy(
            () ->
                runs.train(
                    "failed",
                    SmallRuns.configuration("full", "shards", "4", "model.throw-at", "7")))
        .hasMessageContaining("kept as checkpoint step-000000001");
    runs.trainer()
        .train(
            SmallRuns.configuration("full", "shards", "4"),
            runs.path("stopped"),
            new RunEventsRecorder(),
            SmallRuns.stopAfter(2));

    try (Checkpoint failed = runs.checkpoint("failed", 1);
        Checkpoint stopped = runs.checkpoint("stopped", 1)) {
      assertThat(SmallRuns.read(failed.weights(), "layer/running-mean", 4))
          .isEqualTo(SmallRuns.read(stopped.weights(), "layer/running-mean", 4));
    }
  }

  /** At the end the best checkpoint is read back into the net and meets the test images. */
  @Test
  void theTestImagesOfAValidatedRunComeInPartsToo() {
    RunEventsRecorder events =
        runs.train(
            "validated",
            SmallRuns.configuration(
                "latent-sign", "shards", "8", "validation", "0.3", "ema-decay", "0.9"));

    assertThat(events.epochs).hasSize(3);
    assertThat(events.failed).isEmpty();
  }

  @Test
  void morePartsThanImagesAreRefused() {
    assertThatThrownBy(() -> runs.train("refused", SmallRuns.configuration("full", "shards", "17")))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "shards: 17 parts of batches of 16 images; allowed: at most one for each image, so 1"
                + " to 16, or a larger batch-size");
    assertThat(runs.path("refused")).doesNotExist();
  }

  private RunEventsRecorder oneUpdate(String name, int shards) {
    return runs.train(
        name,
        SmallRuns.configuration(
            "full", "batch-size", "" + IMAGES, "epochs", "1", "shards", "" + shards));
  }

  private float[] weights(String name, String array, int length) {
    try (Checkpoint after = runs.checkpoint(name, 1)) {
      return SmallRuns.read(after.weights(), array, length);
    }
  }

  private final class ListingPlugin implements RoundelPlugin {
    @Override
    public List<ModelFactory> models() {
      return List.of(new ListingFactory());
    }
  }

  private final class ListingFactory implements ModelFactory {
    @Override
    public String name() {
      return "listing";
    }

    @Override
    public String description() {
      return "lists what it is given";
    }

    @Override
    public Model create(ModelRequest request) {
      madeFor = request.batchSize();
      return new SoftmaxModel(request, 0, 0) {
        @Override
        public BatchResult computeGradients(Batch batch, RandomSource random) {
          passes.add(batch.size() + " images, " + random);
          return super.computeGradients(batch, random);
        }
      };
    }
  }
}
