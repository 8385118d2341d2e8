package org.roundel.core.training;

import io.micrometer.core.instrument.Clock;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.evaluation.CheckpointEvaluation;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.ThreadContextClassLoader;
import org.roundel.core.record.ConfigurationHistory;
import org.roundel.core.record.ConfigurationJson;
import org.roundel.core.record.Invocation;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.record.RunManifest;
import org.roundel.core.record.RunPlan;
import org.roundel.core.run.RunDirectory;
import org.roundel.core.run.RunPlace;
import org.roundel.core.run.UnstartedRun;
import org.roundel.core.shard.Cluster;

/**
 * Trains, resumes and evaluates runs: the entry point of the core.
 *
 * <p>All methods run on the caller's thread until done. Failures with a message for the user are
 * {@link RoundelException}s.
 */
public final class Trainer {
  private final PluginRegistry registry;
  private final Clock clock;
  private final Invocation invocation;
  private final Cluster cluster;
  private final SegmentTrainer segments;
  private final CheckpointEvaluator evaluator;

  /**
   * Makes a trainer.
   *
   * @param registry where components come from
   * @param clock the time, for measuring it and for the record of a run
   * @param invocation how the program was called, for the record of a run
   * @param cluster computes the gradients of batches; {@link Cluster#NONE} for this process
   */
  @Inject
  public Trainer(PluginRegistry registry, Clock clock, Invocation invocation, Cluster cluster) {
    this(registry, clock, invocation, cluster, Long.MAX_VALUE);
  }

  private Trainer(
      PluginRegistry registry, Clock clock, Invocation invocation, Cluster cluster, long memory) {
    this.registry = registry;
    this.clock = clock;
    this.invocation = invocation;
    this.cluster = cluster;
    TrainingSessions sessions = new TrainingSessions(registry, clock, memory, cluster);
    this.segments = new SegmentTrainer(sessions, clock, invocation);
    this.evaluator = new CheckpointEvaluator(sessions);
  }

  /** Makes a trainer that no command line asked for. */
  public Trainer(PluginRegistry registry, Clock clock) {
    this(registry, clock, Invocation.NONE, Cluster.NONE);
  }

  /**
   * Returns one that refuses runs which need more memory.
   *
   * @param bytes what a run may take beside Java's heap
   */
  public Trainer withMemory(long bytes) {
    return new Trainer(registry, clock, invocation, cluster, bytes);
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
      throw TrainingSessions.invalid(invalid);
    }
  }

  /**
   * Trains a new run in a directory that must not hold one; see {@link #train(NewRun,
   * TrainingListener, BooleanSupplier)}.
   */
  public RunResult train(
      RunConfiguration configuration,
      Path runDirectory,
      TrainingListener listener,
      BooleanSupplier stop) {
    return train(NewRun.in(runDirectory, configuration), listener, stop);
  }

  /**
   * Trains a new run. Where it repeats an earlier one, the listener is told what may make its
   * numbers differ: other versions, plugins, data or another machine.
   *
   * @param listener told what happens; that a run starts also where its configuration changes
   * @param stop polled between updates; when it says true, a checkpoint is written and the call
   *     returns
   * @throws RoundelException if the configuration, the data, a plugin or the directory is at fault,
   *     or training diverged
   */
  public RunResult train(NewRun run, TrainingListener listener, BooleanSupplier stop) {
    return toTheEnd(() -> start(run, listener, stop), listener, stop);
  }

  /**
   * Does all that a new run does before its first update, and records nothing: what would be
   * refused is refused with the same words.
   *
   * @param listener told what is being prepared, and nothing else
   * @return what would be told of the run as it starts
   * @throws RoundelException as {@link #train(NewRun, TrainingListener, BooleanSupplier)} does
   */
  public RunStarted rehearse(NewRun run, TrainingListener listener) {
    RunManifest earlier = repeated(run);
    return segments.rehearse(plan(run, earlier), earlier, run.place(), listener);
  }

  /**
   * Goes on with a run from its newest undamaged checkpoint, or starts it again where it ended
   * before its first one.
   *
   * @param changes settings to go on with, of {@link RunSettings#CHANGEABLE}; recorded in the run
   * @throws RoundelException as {@link #train(NewRun, TrainingListener, BooleanSupplier)} does, and
   *     if what lies in the directory is not as the run wrote it
   */
  public RunResult resume(
      Path runDirectory,
      Map<String, String> changes,
      TrainingListener listener,
      BooleanSupplier stop) {
    return toTheEnd(() -> goOn(runDirectory, changes, listener, stop), listener, stop);
  }

  /**
   * Trains a run whichever state it is in: starts it, starts it again where it ended before its
   * first checkpoint, or goes on with it. A run that is there must have been started with the same
   * configuration, but for {@link RunSettings#CHANGEABLE}.
   *
   * @param run placed at {@code runDirectory}
   * @throws RoundelException as {@link #resume} does
   */
  public RunResult trainOrResume(
      NewRun run, Path runDirectory, TrainingListener listener, BooleanSupplier stop) {
    return toTheEnd(() -> startOrGoOn(run, runDirectory, listener, stop), listener, stop);
  }

  private Segment start(NewRun run, TrainingListener listener, BooleanSupplier stop) {
    RunManifest earlier = repeated(run);
    return segments.start(plan(run, earlier), earlier, run.place(), listener, stop);
  }

  private Segment goOn(
      Path runDirectory,
      Map<String, String> changes,
      TrainingListener listener,
      BooleanSupplier stop) {
    if (!UnstartedRun.isIn(runDirectory)) {
      return segments.goOn(runDirectory, changes, List.of(), listener, stop);
    }
    RunManifest manifest = manifest(runDirectory);
    ConfigurationHistory history = manifest.configurations().startingWith(changes);
    manifest.requirePlugins(registry, history.start().resolved());
    RunPlan plan =
        new RunPlan(
            history, List.of("the run had ended before its first checkpoint; it starts again"));
    return segments.start(plan, null, RunPlace.restarted(runDirectory), listener, stop);
  }

  private Segment startOrGoOn(
      NewRun run, Path runDirectory, TrainingListener listener, BooleanSupplier stop) {
    if (UnstartedRun.isIn(runDirectory)) {
      // Nobody else's file of that name is deleted.
      manifest(runDirectory);
      RunPlace place = RunPlace.restarted(runDirectory);
      return start(new NewRun(run.configuration(), run.repeats(), place), listener, stop);
    }
    if (!Files.exists(runDirectory.resolve(RunDirectory.MANIFEST))) {
      return start(run, listener, stop);
    }
    RunPlan asked = plan(run, repeated(run));
    List<String> notices = new ArrayList<>();
    Map<String, String> changes;
    try (RunDirectory directory = RunDirectory.openForReading(runDirectory)) {
      ConfigurationHistory history = OpenedRun.manifest(directory).configurations();
      changes = RunPlan.changes(directory, history, run.configuration(), asked.history(), notices);
    }
    return segments.goOn(runDirectory, changes, notices, listener, stop);
  }

  private static RunManifest manifest(Path runDirectory) {
    return RunManifest.read(runDirectory.resolve(RunDirectory.MANIFEST));
  }

  private static @Nullable RunManifest repeated(NewRun run) {
    return run.repeats() == null ? null : RunManifest.read(run.repeats());
  }

  private RunPlan plan(NewRun run, @Nullable RunManifest earlier) {
    Components components = Components.find(registry, run.configuration());
    RunConfiguration asked = ConfigurationJson.canonical(run.configuration(), components::option);
    return earlier == null
        ? new RunPlan(new ConfigurationHistory(asked, List.of()), List.of())
        : RunPlan.repeating(earlier.configurations(), asked);
  }

  /**
   * Goes through the parts of a run whose configuration changes on the way, and tells the listener
   * how it ended.
   */
  private RunResult toTheEnd(
      Supplier<Segment> first, TrainingListener listener, BooleanSupplier stop) {
    RunResult result;
    try {
      Segment segment = first.get();
      result = segment.result();
      while (segment.changes()) {
        segment = segments.goOn(result.directory(), Map.of(), List.of(), listener, stop);
        result = segment.result().after(result.last());
      }
    } catch (RuntimeException | Error failure) {
      boolean diverged =
          failure instanceof RoundelException known && known.kind() == ErrorKind.DIVERGED;
      listener.runFailed(new RunFailed(failure, diverged));
      throw failure;
    }
    listener.runFinished(result);
    return result;
  }

  /**
   * Evaluates a run's checkpoint on the test images: what it ships, and the latent weights where
   * there are any. The run may be going on.
   *
   * @param checkpoint a checkpoint's name, or {@code newest} or {@code best}
   * @param threads threads to compute with, 0 for one per processor; empty for what the run's
   *     configuration says
   * @throws RoundelException also if what lies in the directory is not as the run wrote it
   */
  public CheckpointEvaluation evaluate(Path runDirectory, String checkpoint, OptionalInt threads) {
    return evaluator.evaluate(runDirectory, checkpoint, threads);
  }
}
