package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;

/** The batches of an epoch are read before it begins. */
class ReadAheadTest {
  /** Only a run that does not read ahead waits so long, in vain. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  private static RunConfiguration configuration(int epochs) {
    return RunConfiguration.of(
        Map.of(
            "model", "softmax",
            "quantizer", "full",
            "optimizer", "momentum",
            "schedule", "constant",
            "dataset", "counted",
            "batch-size", "16",
            "epochs", String.valueOf(epochs)));
  }

  @Test
  void theNextEpochIsReadDuringEvaluationAndNoneAfterTheLast() throws IOException {
    DatasetFactory blobs = new TestingPlugin().datasets().get(0);
    CountingDataset dataset =
        new CountingDataset(blobs.create(Options.defaults(blobs.options()), Path.of(".")));
    int epochImages = dataset.size(Split.TRAIN);
    PluginRegistry registry = PluginRegistry.of(new TestingPlugin(), new CountedPlugin(dataset));
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochCompleted(EpochCompleted event) {
            if (event.epoch() < event.epochs()) {
              // The loop stands still here, so only the reader's own thread can get on.
              int threeBatches = 3 * 16;
              awaitReads(dataset, event.epoch() * epochImages + threeBatches);
            }
          }
        };

    new Trainer(registry, Clock.SYSTEM)
        .train(configuration(3), directory.resolve("run"), listener, () -> false);

    assertThat(dataset.trainingReads).hasValue(3 * epochImages);
  }

  private static void awaitReads(CountingDataset dataset, int wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (dataset.trainingReads.get() < wanted && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(dataset.trainingReads).hasValue(wanted);
  }

  private record CountedPlugin(Dataset dataset) implements RoundelPlugin {
    @Override
    public List<DatasetFactory> datasets() {
      return List.of(new Counted(dataset));
    }
  }

  private record Counted(Dataset dataset) implements DatasetFactory {
    @Override
    public String name() {
      return "counted";
    }

    @Override
    public String description() {
      return "a dataset that was made before";
    }

    @Override
    public Dataset create(Options options, Path directory) {
      return dataset;
    }
  }
}
