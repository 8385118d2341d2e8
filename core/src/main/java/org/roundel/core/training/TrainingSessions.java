package org.roundel.core.training;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.model.Model;
import org.roundel.api.net.NetOrigin;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.Preparing;
import org.roundel.core.loss.Teacher;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.ThreadContextClassLoader;
import org.roundel.core.record.RunManifest;
import org.roundel.core.run.IoFailure;
import org.roundel.core.shard.Cluster;

/** Opens sessions: finds a run's components, sets its threads, makes its net, and closes it. */
public final class TrainingSessions {
  private final PluginRegistry registry;
  private final Clock clock;
  private final long memory;
  private final Cluster cluster;

  public TrainingSessions(PluginRegistry registry, Clock clock) {
    this(registry, clock, Long.MAX_VALUE, Cluster.NONE);
  }

  /**
   * Makes one.
   *
   * @param memory how many bytes a session may take beside Java's heap
   * @param cluster computes the gradients of trainings' batches; {@link Cluster#NONE} for this
   *     process
   */
  TrainingSessions(PluginRegistry registry, Clock clock, long memory, Cluster cluster) {
    this.registry = registry;
    this.clock = clock;
    this.memory = memory;
    this.cluster = cluster;
  }

  /** Something to do in a session. */
  @FunctionalInterface
  public interface Work<T> {
    T in(TrainingSession session) throws IOException;
  }

  /** How a session's model is made. */
  @FunctionalInterface
  interface ModelMaker {
    Model make(Components components, Dataset images, int batchSize);
  }

  /** How a session's teacher is made; null for none. */
  @FunctionalInterface
  interface TeacherMaker {
    @Nullable Teacher make(RunConfiguration configuration, Dataset images, int batchSize);
  }

  /**
   * How a session is made.
   *
   * @param told what is being made, each as it begins
   * @param memory how many bytes it may take beside Java's heap
   * @param cluster computes the batches' gradients; {@link Cluster#NONE} for this process
   */
  record Making(
      ModelMaker maker,
      TeacherMaker teachers,
      Consumer<Preparing.Part> told,
      long memory,
      Cluster cluster) {}

  /**
   * Finds the components that a configuration names.
   *
   * @throws RoundelException with everything that is wrong with it
   */
  public Components components(RunConfiguration configuration) {
    return Components.find(registry, configuration);
  }

  /**
   * Finds the components of a run that was there before.
   *
   * @throws RoundelException as {@link #components(RunConfiguration)} does; where a plugin of the
   *     run is missing, the message names its JARs
   */
  Components components(RunConfiguration configuration, RunManifest run) {
    run.requirePlugins(registry, configuration.resolved());
    return components(configuration);
  }

  /** Works in a session with as many threads as the configuration says. */
  public <T> T work(Components components, RunConfiguration configuration, Work<T> work) {
    return work(components, configuration, configuration.get(RunSettings.THREADS), work);
  }

  /**
   * Does the same, and tells what is being prepared.
   *
   * @param learnedFrom the teacher's checkpoint of a run that goes on; null where it has none
   * @param told what is being prepared, each as it begins
   */
  <T> T work(
      Components components,
      RunConfiguration configuration,
      NetOrigin.@Nullable Checkpoint learnedFrom,
      Consumer<Preparing.Part> told,
      Work<T> work) {
    int threads = configuration.get(RunSettings.THREADS);
    return work(components, configuration, threads, training(learnedFrom, told), work);
  }

  /**
   * Opens a session, works in it on the caller's thread, and closes it.
   *
   * @param components those that the configuration names
   * @param threads threads to compute with, 0 for one per processor
   * @throws RoundelException if the configuration, the data or a plugin is at fault, or what the
   *     work throws
   */
  public <T> T work(
      Components components, RunConfiguration configuration, int threads, Work<T> work) {
    return work(components, configuration, threads, training(null, part -> {}), work);
  }

  private Making training(
      NetOrigin.@Nullable Checkpoint learnedFrom, Consumer<Preparing.Part> told) {
    Teachers teachers = new Teachers(this, learnedFrom);
    return new Making(Components::createModel, teachers::of, told, memory, cluster);
  }

  /** Does the same with a net that is only evaluated. */
  <T> T evaluate(Components components, RunConfiguration configuration, int threads, Work<T> work) {
    Making making =
        new Making(
            Components::createModelForEvaluation,
            (learner, images, batchSize) -> null,
            part -> {},
            memory,
            Cluster.NONE);
    return work(components, configuration, threads, making, work);
  }

  private <T> T work(
      Components components,
      RunConfiguration configuration,
      int threads,
      Making making,
      Work<T> work) {
    ComputeThreads.set(threads);
    try (ThreadContextClassLoader context =
            ThreadContextClassLoader.of(components.model().classLoader());
        TrainingSession session = TrainingSession.open(components, configuration, clock, making)) {
      return work.in(session);
    } catch (InvalidInputException invalid) {
      throw invalid(invalid);
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "reading or writing failed: " + IoFailure.describe(unreadable) + ". " + IoFailure.ADVICE,
          unreadable);
    }
  }

  /** Turns what a component says of the user's data into a failure. */
  static RoundelException invalid(InvalidInputException cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, cause.getMessage(), cause);
  }
}
