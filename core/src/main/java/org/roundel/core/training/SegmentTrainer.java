package org.roundel.core.training;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Split;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.component.Components;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.net.InitialWeights;
import org.roundel.core.net.NetTensors;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.ThreadContextClassLoader;
import org.roundel.core.record.ConfigurationHistory;
import org.roundel.core.record.ConfigurationJson;
import org.roundel.core.record.Invocation;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.record.RunManifest;
import org.roundel.core.record.RunOrigin;
import org.roundel.core.record.RunPlan;
import org.roundel.core.record.RunPosition;
import org.roundel.core.record.RunRecord;
import org.roundel.core.record.RunRecorder;
import org.roundel.core.record.TrainingProgress;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.RunDirectory;
import org.roundel.core.run.RunPlace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains the parts of a run that have one configuration each: the first one, and any later one. */
final class SegmentTrainer {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentTrainer.class);

  private final PluginRegistry registry;
  private final Clock clock;
  private final Invocation invocation;

  SegmentTrainer(PluginRegistry registry, Clock clock, Invocation invocation) {
    this.registry = registry;
    this.clock = clock;
    this.invocation = invocation;
  }

  /**
   * Starts a run.
   *
   * @param repeats the manifest of the run that this one repeats, or null
   */
  Segment start(
      RunPlan plan,
      @Nullable RunManifest repeats,
      RunPlace place,
      TrainingListener listener,
      BooleanSupplier stop) {
    RunConfiguration configuration = plan.history().at(RunPosition.START);
    Components components = Components.find(registry, configuration);
    ConfigurationHistory history =
        new ConfigurationHistory(
            ConfigurationJson.canonical(plan.history().start(), components::option),
            plan.history().changes());
    plan.requireThreads(RunPosition.START);
    ComputeThreads.set(configuration.get(RunSettings.THREADS));
    try (ThreadContextClassLoader context =
            ThreadContextClassLoader.of(components.model().classLoader());
        TrainingSession session = TrainingSession.open(components, configuration, clock)) {
      ObjectNode origin = RunOrigin.now(components, session.dataset());
      List<String> differences = repeats == null ? List.of() : repeats.differences(origin);
      List<String> notices = new ArrayList<>(session.dataset().notices());
      notices.addAll(plan.notices());
      notices.addAll(differences);
      RunManifest manifest =
          RunManifest.start(history, components, origin)
              .withSession(session(RunPosition.START, differences));
      return start(place, manifest, configuration, components, session, notices, listener, stop);
    } catch (InvalidInputException invalid) {
      throw Trainer.invalid(invalid);
    } catch (IOException unreadable) {
      throw Trainer.unreadable(unreadable);
    }
  }

  /** Starts when nothing is left that could be refused, and not before. */
  private Segment start(
      RunPlace place,
      RunManifest manifest,
      RunConfiguration configuration,
      Components components,
      TrainingSession session,
      List<String> notices,
      TrainingListener listener,
      BooleanSupplier stop)
      throws IOException {
    try (RunDirectory directory = place.create()) {
      record(directory, manifest);
      session.net().initialize();
      String initialWeights = configuration.get(RunSettings.INITIAL_WEIGHTS);
      if (!initialWeights.isEmpty()) {
        notices.addAll(InitialWeights.load(Path.of(initialWeights), session.net()));
        session.net().beginWithLoadedWeights();
      } else {
        session.net().begin();
      }
      try (RunRecorder recorder =
          recorder(directory, manifest, configuration, components, session)) {
        TrainingLoop loop = loop(components, session, configuration, recorder, listener);
        listener.runStarted(started(directory.path(), configuration, session, loop, notices));
        return run(loop, manifest.configurations().next(RunPosition.START), stop);
      }
    }
  }

  /**
   * Goes on from the newest undamaged checkpoint.
   *
   * @param wanted settings to have other values from there on
   * @param said what the user should know beside what is found here
   */
  Segment goOn(
      Path runDirectory,
      Map<String, String> wanted,
      List<String> said,
      TrainingListener listener,
      BooleanSupplier stop) {
    try (RunDirectory directory = RunDirectory.open(runDirectory);
        OpenedRun opened = OpenedRun.open(directory, orderedStore(directory), "newest")) {
      TrainingProgress progress = opened.state().progress();
      RunPlan plan = RunPlan.goingOn(opened.manifest().configurations(), progress, wanted);
      RunManifest manifest = opened.manifest().with(plan.history());
      RunConfiguration configuration = plan.history().at(progress.position());
      if (progress.epoch() > configuration.get(RunSettings.EPOCHS)) {
        recordLength(directory, opened.manifest(), progress, wanted);
        return new Segment(finished(directory, progress), false);
      }
      plan.requireThreads(progress.position());
      List<String> notices = new ArrayList<>(said);
      notices.addAll(opened.notices("going on from"));
      notices.addAll(plan.notices());
      return goOn(directory, opened, manifest, configuration, notices, listener, stop);
    }
  }

  /**
   * Records how long a run is that has nothing left to train. Its other settings stay: what nobody
   * computes with is not tried, and must not stand in the way of who goes on with the run.
   */
  private static void recordLength(
      RunDirectory directory,
      RunManifest manifest,
      TrainingProgress progress,
      Map<String, String> wanted) {
    Map<String, String> length = new TreeMap<>(wanted);
    length.keySet().retainAll(Set.of(RunSettings.EPOCHS.name()));
    ConfigurationHistory history =
        RunPlan.goingOn(manifest.configurations(), progress, length).history();
    if (!history.equals(manifest.configurations())) {
      record(directory, manifest.with(history));
    }
  }

  private Segment goOn(
      RunDirectory directory,
      OpenedRun opened,
      RunManifest manifest,
      RunConfiguration configuration,
      List<String> notices,
      TrainingListener listener,
      BooleanSupplier stop) {
    Components components = Components.find(registry, configuration);
    ComputeThreads.set(configuration.get(RunSettings.THREADS));
    try (ThreadContextClassLoader context =
            ThreadContextClassLoader.of(components.model().classLoader());
        TrainingSession session = TrainingSession.open(components, configuration, clock);
        RunRecorder recorder = recorder(directory, manifest, configuration, components, session)) {
      ObjectNode origin = RunOrigin.now(components, session.dataset());
      List<String> differences = manifest.differences(origin);
      if (manifest
          .configurations()
          .start()
          .changesTo(configuration)
          .containsKey(RunSettings.THREADS.name())) {
        differences.removeIf(line -> line.startsWith("machine.threads:"));
      }
      notices.addAll(session.dataset().notices());
      notices.addAll(differences);
      TrainingLoop loop = loop(components, session, configuration, recorder, listener);
      TrainingProgress progress = opened.state().progress();
      loop.requirePosition(progress, opened.checkpoint());
      new NetTensors(session.net(), session.optimizer().stateArrays())
          .restore(opened.checkpoint(), progress.step());
      loop.restore(progress);
      recorder.truncateHistory(progress.historyLength());
      opened.checkpoint().close();
      record(directory, manifest.withSession(session(progress.position(), differences)));
      listener.runStarted(started(directory.path(), configuration, session, loop, notices));
      return run(loop, manifest.configurations().next(progress.position()), stop);
    } catch (InvalidInputException invalid) {
      throw Trainer.invalid(invalid);
    } catch (IOException unreadable) {
      throw Trainer.unreadable(unreadable);
    }
  }

  /** Opens the checkpoints after what a crash has left behind is brought into order. */
  private static CheckpointStore orderedStore(RunDirectory directory) {
    return new CheckpointStore(directory.checkpoints(), 1);
  }

  private static RunRecorder recorder(
      RunDirectory directory,
      RunManifest manifest,
      RunConfiguration configuration,
      Components components,
      TrainingSession session) {
    return new RunRecorder(
        directory, manifest.run(), configuration, components, session.optimizer().stateArrays());
  }

  /** The manifest first: it is what the other file is compared with. */
  private static void record(RunDirectory directory, RunManifest manifest) {
    manifest.write(directory.manifest());
    AtomicFiles.write(
        directory.config(), ConfigurationFile.toYaml(manifest.configurations().last().resolved()));
  }

  /** Returns the record of this call of the program. */
  private ObjectNode session(RunPosition position, List<String> differences) {
    ObjectNode session = JsonNodeFactory.instance.objectNode();
    session.put("started", Instant.ofEpochMilli(clock.wallTime()).toString());
    ArrayNode command = session.putArray("command");
    invocation.command().forEach(command::add);
    session.put("directory", Path.of("").toAbsolutePath().toString());
    session.put("roundel", RunOrigin.version());
    session.put("epoch", position.epoch());
    session.put("step", position.step());
    session.put("threads", ComputeThreads.count());
    if (!differences.isEmpty()) {
      ArrayNode lines = session.putArray("differences");
      differences.forEach(lines::add);
    }
    return session;
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
        session.step(),
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

  /** Returns what there is to say of a run that is set up. */
  private static RunStarted started(
      Path directory,
      RunConfiguration configuration,
      TrainingSession session,
      TrainingLoop loop,
      List<String> notices) {
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
    return new RunStarted(
        directory,
        configuration,
        numbers,
        quantized,
        quantizedNames,
        session.dataset().size(Split.TRAIN),
        session.dataset().size(Split.TEST),
        loop.stepsPerEpoch(),
        loop.step(),
        notices);
  }

  /** Trains until done, told to stop, or at the place where the configuration changes. */
  private static Segment run(TrainingLoop loop, @Nullable RunPosition change, BooleanSupplier stop)
      throws IOException {
    if (change == null) {
      return new Segment(loop.run(stop), false);
    }
    RunResult result = loop.run(() -> stop.getAsBoolean() || loop.hasReached(change));
    return new Segment(result, loop.hasReached(change) && !stop.getAsBoolean());
  }

  private static RunResult finished(RunDirectory directory, TrainingProgress progress) {
    EpochCompleted last = null;
    try {
      last = RunRecord.read(directory.path()).last();
    } catch (RoundelException damaged) {
      LOG.warn("{}", damaged.getMessage());
    }
    return new RunResult(
        directory.path(),
        false,
        true,
        progress.epoch() - 1,
        last,
        progress.bestError() == null ? Double.NaN : progress.bestError(),
        progress.bestEpoch());
  }
}
