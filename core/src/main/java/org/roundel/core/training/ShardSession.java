package org.roundel.core.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.model.Model;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.core.batch.BatchParts;
import org.roundel.core.batch.HeldOutDataset;
import org.roundel.core.batch.PartReader;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.loss.BatchTargets;
import org.roundel.core.plugin.ThreadContextClassLoader;
import org.roundel.core.record.RunOrigin;
import org.roundel.core.record.ShardRun;
import org.roundel.core.shard.BlockPass;
import org.roundel.core.shard.PartsPass;

/** What a process has in memory that computes parts of a run's batches: the net and the data. */
final class ShardSession implements AutoCloseable {
  private final ClassLoader classLoader;
  private final long seed;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Model model;
  private final @Nullable BatchTargets targets;
  private final PartReader images;
  private final BlockPass pass;

  /**
   * Opens a run.
   *
   * @throws org.roundel.core.RoundelException if it cannot be computed here to the same bytes
   */
  ShardSession(TrainingSessions sessions, ShardRun run) {
    RunConfiguration configuration = run.configuration();
    Components components = sessions.components(configuration);
    classLoader = components.model().classLoader();
    seed = configuration.get(RunSettings.SEED);
    int batchSize = configuration.get(RunSettings.BATCH_SIZE);
    int shards = configuration.get(RunSettings.SHARDS);
    int partSize = BatchParts.largest(batchSize, shards);
    boolean whole = false;
    try (ThreadContextClassLoader context = ThreadContextClassLoader.of(classLoader)) {
      Dataset all = components.createDataset();
      opened.add(all);
      Dataset dataset = HeldOutDataset.of(all, configuration.get(RunSettings.VALIDATION), seed);
      model = components.createModel(dataset, partSize);
      opened.add(model);
      TrainingTargets ofRun =
          new TrainingTargets(
              components,
              configuration,
              model,
              dataset,
              new Teachers(sessions, run.teacher())::of,
              partSize);
      opened.add(ofRun);
      ObjectNode origin = RunOrigin.now(components, all, model);
      ofRun.addTo(origin);
      run.requireSame(origin);
      targets = ofRun.ofBatches();
      images = new PartReader(dataset, batchSize, shards, seed);
      pass = new BlockPass(model, shards);
      whole = true;
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  /** Returns the class loader of what is called here. */
  ClassLoader classLoader() {
    return classLoader;
  }

  /** Computes a task; see {@link BlockPass}. */
  byte[] compute(byte[] shared, PartsPass.Range range) throws IOException {
    long step = BlockPass.step(shared);
    if (images.images(step) != range.images()) {
      throw new IllegalArgumentException(
          "update " + step + " has " + images.images(step) + " images, not " + range.images());
    }
    RandomSource random = RandomSource.of(seed, RandomPurpose.MODEL, step);
    return pass.compute(
        shared,
        range,
        part -> images.read(step, part),
        random,
        (part, ofPart) -> {
          Batch aimed = targets == null ? part : targets.of(part);
          return model.computeGradients(aimed, ofPart);
        });
  }

  /** Closes all, whichever of them fail. */
  @Override
  public void close() {
    IllegalStateException failure = null;
    for (int index = opened.size() - 1; index >= 0; index--) {
      try {
        opened.get(index).close();
      } catch (Exception failed) {
        if (failure == null) {
          failure = new IllegalStateException(failed);
        } else {
          failure.addSuppressed(failed);
        }
      }
    }
    opened.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
