package org.roundel.core.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.Preparing;
import org.roundel.core.event.Recording;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.net.InitialWeights;
import org.roundel.core.record.ConfigurationHistory;
import org.roundel.core.record.ConfigurationJson;
import org.roundel.core.record.FinalTestFile;
import org.roundel.core.record.Invocation;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.record.RunManifest;
import org.roundel.core.record.RunPlan;
import org.roundel.core.record.RunPosition;
import org.roundel.core.record.RunRecorder;
import org.roundel.core.record.RunState;
import org.roundel.core.record.TrainingProgress;
import org.roundel.core.run.RunDirectory;
import org.roundel.core.run.RunPlace;

/** Trains the parts of a run that have one configuration each: the first one, and any later one. */
final class SegmentTrainer {

  private final TrainingSessions sessions;
  private final Clock clock;
  private final Invocation invocation;

  SegmentTrainer(TrainingSessions sessions, Clock clock, Invocation invocation) {
    this.sessions = sessions;
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
    Components components = components(plan);
    ConfigurationHistory history =
        new ConfigurationHistory(
            ConfigurationJson.canonical(plan.history().start(), components::option),
            plan.history().changes());
    return sessions.work(
        components,
        configuration,
        null,
        part -> listener.preparing(new Preparing(configuration, part)),
        session -> {
          ObjectNode origin = session.origin();
          List<String> differences = repeats == null ? List.of() : repeats.differences(origin);
          List<String> notices = notices(session, plan, differences);
          RunManifest manifest =
              RunManifest.start(history, components, origin)
                  .withSession(invocation.toJson(now(), RunPosition.START, differences));
          return start(place, manifest, session, notices, listener, stop);
        });
  }

  /**
   * Does all that comes before a run's first update, but records nothing.
   *
   * @return what would be told of the run
   */
  RunStarted rehearse(
      RunPlan plan, @Nullable RunManifest repeats, RunPlace place, TrainingListener listener) {
    RunConfiguration configuration = plan.history().at(RunPosition.START);
    return sessions.work(
        components(plan),
        configuration,
        null,
        part -> listener.preparing(new Preparing(configuration, part)),
        session -> {
          List<String> differences =
              repeats == null ? List.of() : repeats.differences(session.origin());
          List<String> notices = notices(session, plan, differences);
          Path directory = place.check();
          initialize(session, notices);
          return session.started(directory, RunState.START, notices);
        });
  }

  private Components components(RunPlan plan) {
    Components components = sessions.components(plan.history().at(RunPosition.START));
    plan.requireThreads(RunPosition.START);
    return components;
  }

  private static List<String> notices(
      TrainingSession session, RunPlan plan, List<String> differences) {
    List<String> notices = new ArrayList<>(session.notices());
    notices.addAll(plan.notices());
    notices.addAll(differences);
    return notices;
  }

  /** Gives the net its first weights, and says where they are from. */
  private static void initialize(TrainingSession session, List<String> notices) {
    String given = session.configuration().get(RunSettings.INITIAL_WEIGHTS);
    notices.addAll(InitialWeights.begin(session.net(), given));
  }

  /** Starts when nothing is left that could be refused, and not before. */
  private static Segment start(
      RunPlace place,
      RunManifest manifest,
      TrainingSession session,
      List<String> notices,
      TrainingListener listener,
      BooleanSupplier stop)
      throws IOException {
    listener.recording(Recording.RUN);
    try (RunDirectory directory = place.create()) {
      manifest.write(directory);
      initialize(session, notices);
      try (RunRecorder recorder = recorder(directory, manifest, session, listener)) {
        TrainingLoop loop = new TrainingLoop(session, recorder, listener);
        listener.runStarted(session.started(directory.path(), RunState.START, notices));
        RunPosition change = manifest.configurations().next(RunPosition.START);
        return run(loop, change, stop, new FinalTester(session, recorder, listener));
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
        OpenedRun opened =
            // The store brings into order what a crash has left behind.
            OpenedRun.open(directory, new CheckpointStore(directory.checkpoints(), 1), "newest")) {
      RunState state = opened.state().progress().state();
      RunPlan plan = RunPlan.goingOn(opened.manifest().configurations(), state, wanted);
      RunConfiguration configuration = plan.history().at(state.position());
      if (state.isOver(configuration)) {
        recordLength(directory, opened.manifest(), state, wanted);
        int keep = configuration.get(RunSettings.KEEP_CHECKPOINTS);
        new CheckpointStore(directory.checkpoints(), keep).prune(opened.checkpoint().name());
        RunResult result = FinalTester.finished(directory, state, configuration);
        if (result.test() != null || configuration.get(RunSettings.VALIDATION) == 0) {
          return new Segment(result, false);
        }
      }
      plan.requireThreads(state.position());
      List<String> notices = new ArrayList<>(said);
      notices.addAll(opened.notices("going on from"));
      notices.addAll(plan.notices());
      return sessions.work(
          sessions.components(configuration, opened.manifest()),
          configuration,
          opened.manifest().teacher(),
          part -> listener.preparing(new Preparing(configuration, part)),
          session -> goOn(directory, opened, plan, session, notices, listener, stop));
    }
  }

  /**
   * Records how long a run is that has nothing left to train. Its other settings stay: what nobody
   * computes with is not tried, and must not stand in the way of who goes on with the run.
   */
  private static void recordLength(
      RunDirectory directory, RunManifest manifest, RunState state, Map<String, String> wanted) {
    Map<String, String> length = new TreeMap<>(wanted);
    length.keySet().retainAll(Set.of(RunSettings.EPOCHS.name(), RunSettings.PATIENCE.name()));
    ConfigurationHistory history =
        RunPlan.goingOn(manifest.configurations(), state, length).history();
    if (!history.equals(manifest.configurations())) {
      manifest.with(history).write(directory);
    }
  }

  private Segment goOn(
      RunDirectory directory,
      OpenedRun opened,
      RunPlan plan,
      TrainingSession session,
      List<String> notices,
      TrainingListener listener,
      BooleanSupplier stop)
      throws IOException {
    RunManifest manifest = opened.manifest().with(plan.history());
    listener.recording(Recording.RUN);
    try (RunRecorder recorder = recorder(directory, manifest, session, listener)) {
      List<String> differences = manifest.differences(session.origin());
      if (manifest
          .configurations()
          .start()
          .changesTo(session.configuration())
          .containsKey(RunSettings.THREADS.name())) {
        differences.removeIf(line -> line.startsWith("machine.threads:"));
      }
      notices.addAll(session.notices());
      notices.addAll(differences);
      TrainingProgress progress = opened.state().progress();
      RunState state = progress.state();
      if (Files.exists(FinalTestFile.file(directory)) && !state.isOver(session.configuration())) {
        notices.add(
            "the test images were met before; who goes on because of their error chooses by them");
      }
      TrainingLoop loop = new TrainingLoop(session, recorder, listener);
      listener.preparing(new Preparing(session.configuration(), Preparing.Part.CHECKPOINT));
      CheckpointRestore.restore(session, opened.checkpoint(), progress);
      loop.resumeAt(state);
      recorder.truncateHistory(progress.historyLength());
      opened.checkpoint().close();
      manifest
          .withSession(invocation.toJson(now(), state.position(), differences))
          .write(directory);
      listener.runStarted(session.started(directory.path(), state, notices));
      RunPosition change = manifest.configurations().next(state.position());
      return run(loop, change, stop, new FinalTester(session, recorder, listener));
    }
  }

  private static RunRecorder recorder(
      RunDirectory directory,
      RunManifest manifest,
      TrainingSession session,
      TrainingListener listener) {
    return new RunRecorder(
        directory,
        manifest.run(),
        session.configuration(),
        session.components(),
        session.optimizer().stateArrays(),
        listener);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.wallTime());
  }

  /** Trains until done, told to stop, or at the place where the configuration changes. */
  private static Segment run(
      TrainingLoop loop, @Nullable RunPosition change, BooleanSupplier stop, FinalTester tester)
      throws IOException {
    BooleanSupplier pause =
        change == null ? stop : () -> stop.getAsBoolean() || loop.hasReached(change);
    RunResult result = loop.run(pause);
    if (change != null && loop.hasReached(change) && !stop.getAsBoolean()) {
      return new Segment(result, true);
    }
    return new Segment(tester.ended(result, loop.state(), stop), false);
  }
}
