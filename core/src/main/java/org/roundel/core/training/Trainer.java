package org.roundel.core.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Clock;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.DamagedCheckpoint;
import org.roundel.core.checkpoint.NewestCheckpoint;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.ThreadContextClassLoader;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.RunDirectory;

/**
 * Trains, resumes and evaluates runs: the entry point of the core.
 *
 * <p>All methods run on the caller's thread until done. Failures with a message for the user are
 * {@link RoundelException}s.
 */
public final class Trainer {
  private static final JsonMapper JSON = new JsonMapper();

  private final PluginRegistry registry;
  private final Clock clock;

  /**
   * Makes a trainer.
   *
   * @param registry where components come from
   * @param clock the time, for measuring it
   */
  @Inject
  public Trainer(PluginRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Trains a new run.
   *
   * @param configuration what to do
   * @param runDirectory where the run is recorded; made here, and must not hold a run
   * @param listener told what happens
   * @param stop polled between updates; when it says true, a checkpoint is written and the call
   *     returns
   * @throws RoundelException if the configuration, the data, a plugin or the directory is at fault,
   *     or training diverged
   */
  public RunResult train(
      RunConfiguration configuration,
      Path runDirectory,
      TrainingListener listener,
      BooleanSupplier stop) {
    return train(configuration, null, runDirectory, listener, stop);
  }

  /**
   * Checks what can be checked without training: that the components exist, that their options are
   * allowed and that the data are there.
   *
   * @throws RoundelException if training would refuse the configuration or the data
   */
  public void check(RunConfiguration configuration) {
    Components components = Components.find(registry, configuration);
    ComputeThreads.require(configuration.get(RunSettings.THREADS));
    try (ThreadContextClassLoader context =
            ThreadContextClassLoader.of(components.model().classLoader());
        Dataset dataset = components.createDataset()) {
      components.createQuantizer();
      components.createOptimizer();
      components.createSchedule();
    } catch (InvalidInputException invalid) {
      throw invalid(invalid);
    }
  }

  /**
   * Trains a new run as an earlier one was trained, and tells the listener what may make its
   * numbers differ: other versions, plugins, data or another machine.
   *
   * @param manifest the earlier run's {@code manifest.json}
   * @param configuration the manifest's configuration, with what the user wants changed
   * @throws RoundelException as {@link #train} does
   */
  public RunResult repeat(
      Path manifest,
      RunConfiguration configuration,
      Path runDirectory,
      TrainingListener listener,
      BooleanSupplier stop) {
    return train(configuration, manifest, runDirectory, listener, stop);
  }

  private RunResult train(
      RunConfiguration configuration,
      @Nullable Path earlierManifest,
      Path runDirectory,
      TrainingListener listener,
      BooleanSupplier stop) {
    Components components = Components.find(registry, configuration);
    ComputeThreads.set(configuration.get(RunSettings.THREADS));
    try (ThreadContextClassLoader context =
            ThreadContextClassLoader.of(components.model().classLoader());
        TrainingSession session = TrainingSession.open(components, configuration, clock);
        RunDirectory directory = RunDirectory.create(runDirectory)) {
      ObjectNode manifest = RunManifest.of(configuration, components, session.dataset());
      AtomicFiles.write(directory.config(), ConfigurationFile.toYaml(configuration.resolved()));
      AtomicFiles.write(directory.manifest(), manifest.toPrettyString() + "\n");
      List<String> notices = new ArrayList<>(session.dataset().notices());
      if (earlierManifest != null) {
        notices.addAll(RunManifest.differences(readManifest(earlierManifest), manifest));
      }
      session.net().step().initialize();
      String initialWeights = configuration.get(RunSettings.INITIAL_WEIGHTS);
      boolean fromElsewhere = !initialWeights.isEmpty();
      if (fromElsewhere) {
        notices.addAll(InitialWeights.load(weightsFile(Path.of(initialWeights)), session.net()));
      }
      session.net().step().initializeState();
      if (fromElsewhere) {
        session.net().step().admit();
      }
      session.net().begin();
      try (RunRecorder recorder = recorder(directory, session, configuration)) {
        TrainingLoop loop = loop(components, session, configuration, recorder, listener);
        return run(loop, session, configuration, directory, notices, listener, stop);
      }
    } catch (InvalidInputException invalid) {
      throw invalid(invalid);
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  /**
   * Goes on with a run from its newest undamaged checkpoint.
   *
   * @param threads threads to compute with from here on, 0 for one per processor; empty for what
   *     the run's configuration says
   * @throws RoundelException as {@link #train} does
   */
  public RunResult resume(
      Path runDirectory, OptionalInt threads, TrainingListener listener, BooleanSupplier stop) {
    try (RunDirectory directory = RunDirectory.open(runDirectory)) {
      RunConfiguration configuration =
          RunConfiguration.of(ConfigurationFile.readYaml(directory.config()));
      Components components = Components.find(registry, configuration);
      ComputeThreads.set(threads.orElse(configuration.get(RunSettings.THREADS)));
      try (ThreadContextClassLoader context =
              ThreadContextClassLoader.of(components.model().classLoader());
          TrainingSession session = TrainingSession.open(components, configuration, clock);
          RunRecorder recorder = recorder(directory, session, configuration)) {
        List<String> notices = new ArrayList<>(session.dataset().notices());
        ObjectNode manifest = RunManifest.of(configuration, components, session.dataset());
        notices.addAll(RunManifest.differences(readManifest(directory.manifest()), manifest));
        TrainingLoop loop = loop(components, session, configuration, recorder, listener);
        NewestCheckpoint newest = recorder.checkpoints().newestValid();
        try (Checkpoint checkpoint = newest.checkpoint()) {
          for (DamagedCheckpoint damaged : newest.passedOver()) {
            notices.add(damaged.describe() + "; going on from " + checkpoint.name());
          }
          TrainingProgress progress = RunRecorder.progress(checkpoint);
          new NetTensors(session.net(), session.optimizer().stateNames())
              .restore(checkpoint, progress.step());
          loop.restore(progress);
          recorder.truncateHistory(progress.historyLength());
        }
        return run(loop, session, configuration, directory, notices, listener, stop);
      } catch (InvalidInputException invalid) {
        throw invalid(invalid);
      } catch (IOException unreadable) {
        throw unreadable(unreadable);
      }
    }
  }

  /**
   * Evaluates a run's checkpoint on the test images: what it ships, and the latent weights where
   * there are any. The run may be going on.
   *
   * @param checkpoint a checkpoint's name, or {@code newest} or {@code best}
   * @param threads threads to compute with, 0 for one per processor; empty for what the run's
   *     configuration says
   */
  public CheckpointEvaluation evaluate(Path runDirectory, String checkpoint, OptionalInt threads) {
    try (RunDirectory directory = RunDirectory.openForReading(runDirectory)) {
      RunConfiguration configuration =
          RunConfiguration.of(ConfigurationFile.readYaml(directory.config()));
      Components components = Components.find(registry, configuration);
      ComputeThreads.set(threads.orElse(configuration.get(RunSettings.THREADS)));
      CheckpointStore store = CheckpointStore.forReading(directory.checkpoints());
      List<String> notices = new ArrayList<>();
      try (Checkpoint opened = open(store, checkpoint, notices);
          ThreadContextClassLoader context =
              ThreadContextClassLoader.of(components.model().classLoader());
          TrainingSession session = TrainingSession.open(components, configuration, clock)) {
        notices.addAll(session.dataset().notices());
        long step = RunRecorder.progress(opened).step();
        TrainedNet net = session.net();
        new NetTensors(net, session.optimizer().stateNames()).restoreShipped(opened, step);
        Evaluator evaluator = session.evaluator();
        Evaluation test = whole(evaluator.evaluate(() -> false));
        Evaluation latentTest =
            net.keepsLatentWeights() ? whole(evaluator.latent(step + 1, () -> false)) : null;
        return new CheckpointEvaluation(opened.name(), step, test, latentTest, notices);
      } catch (InvalidInputException invalid) {
        throw invalid(invalid);
      } catch (IOException unreadable) {
        throw unreadable(unreadable);
      }
    }
  }

  private static Evaluation whole(@Nullable Evaluation evaluation) {
    // Never told to stop, so there is one.
    return Objects.requireNonNull(evaluation);
  }

  private static Checkpoint open(CheckpointStore store, String checkpoint, List<String> notices) {
    if (checkpoint.equals("newest")) {
      NewestCheckpoint newest = store.newestValid();
      for (DamagedCheckpoint damaged : newest.passedOver()) {
        notices.add(damaged.describe() + "; using " + newest.checkpoint().name());
      }
      return newest.checkpoint();
    }
    if (checkpoint.equals("best")) {
      return store.open(
          store
              .best()
              .orElseThrow(
                  () ->
                      new RoundelException(
                          ErrorKind.CONFIGURATION,
                          "the run has no best checkpoint yet: it has not finished an epoch")));
    }
    return store.open(checkpoint);
  }

  private static RunRecorder recorder(
      RunDirectory directory, TrainingSession session, RunConfiguration configuration) {
    return new RunRecorder(
        directory,
        configuration.get(RunSettings.KEEP_CHECKPOINTS),
        session.optimizer().stateNames());
  }

  private TrainingLoop loop(
      Components components,
      TrainingSession session,
      RunConfiguration configuration,
      RunRecorder recorder,
      TrainingListener listener) {
    return new TrainingLoop(
        components,
        session.net(),
        session.rates(),
        session.trainBatches(),
        session.evaluator(),
        configuration.get(RunSettings.LATENT_ERROR),
        recorder,
        listener,
        clock::monotonicTime,
        configuration.get(RunSettings.EPOCHS),
        configuration.get(RunSettings.CHECKPOINT_MINUTES));
  }

  private static RunResult run(
      TrainingLoop loop,
      TrainingSession session,
      RunConfiguration configuration,
      RunDirectory directory,
      List<String> notices,
      TrainingListener listener,
      BooleanSupplier stop)
      throws IOException {
    long numbers = 0;
    long quantized = 0;
    List<String> quantizedNames = new ArrayList<>();
    for (TrainedParameter parameter : session.net().parameters()) {
      numbers += parameter.netWeights().length();
      if (parameter.isQuantized()) {
        quantized += parameter.netWeights().length();
        quantizedNames.add(parameter.name());
      }
    }
    listener.runStarted(
        new RunStarted(
            directory.path(),
            configuration,
            numbers,
            quantized,
            quantizedNames,
            session.dataset().size(Split.TRAIN),
            session.dataset().size(Split.TEST),
            loop.stepsPerEpoch(),
            loop.step(),
            notices));
    return loop.run(stop);
  }

  /**
   * Returns the weights that a user means by a run directory, a checkpoint's directory or a file.
   */
  private static Path weightsFile(Path given) {
    Path checkpoints = given.resolve("checkpoints");
    if (Files.isDirectory(checkpoints)) {
      try (Checkpoint newest = CheckpointStore.forReading(checkpoints).newestValid().checkpoint()) {
        return newest.weights().path();
      }
    }
    return Files.isDirectory(given) ? given.resolve("weights.safetensors") : given;
  }

  private static JsonNode readManifest(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  /** Turns what a component says of the user's data in the middle of a run into a failure. */
  private static RoundelException invalid(InvalidInputException cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, cause.getMessage(), cause);
  }

  private static RoundelException unreadable(IOException cause) {
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        "reading or writing failed: " + IoFailure.describe(cause) + ". " + IoFailure.ADVICE,
        cause);
  }
}
