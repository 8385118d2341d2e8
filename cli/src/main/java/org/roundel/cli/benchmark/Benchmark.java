package org.roundel.cli.benchmark;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roundel.api.dataset.Batch;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.schedule.TrainingPosition;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.batch.BatchParts;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.net.StepResult;
import org.roundel.core.net.TrainedParameter;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.IoFailure;
import org.roundel.core.training.TrainingSession;
import org.roundel.core.training.TrainingSessions;

/**
 * Measures how fast a run trains and evaluates, with the run's own training step and batch readers.
 *
 * <p>Only batches of the full size are used. A pass's first batch is waited for; a run waits so
 * before its first update only, because it reads ahead during evaluation.
 */
public final class Benchmark {
  /** What is measured only if it is asked for. */
  public enum Extra {
    /** What the layers of a training step take. */
    LAYERS,
    /** How fast images are read by themselves. */
    READING
  }

  private final TrainingSessions sessions;
  private final Clock clock;

  /**
   * Makes a benchmark.
   *
   * @param registry where components come from
   * @param clock the time
   */
  public Benchmark(PluginRegistry registry, Clock clock) {
    this.sessions = new TrainingSessions(registry, clock);
    this.clock = clock;
  }

  /**
   * Makes updates and evaluates batches, and measures them; nothing is recorded on disk. Runs on
   * the caller's thread.
   *
   * @param configuration what is measured; how long a run would be does not matter
   * @param warmUp updates and evaluations to make before those that are measured, at least 0
   * @param steps updates and evaluations to measure, at least 1
   * @param extras what to measure too
   * @param listener told what is measured, before it is, and how far it got
   * @throws RoundelException if the configuration, the data or a plugin is at fault, or training
   *     diverged
   */
  public BenchmarkResult run(
      RunConfiguration configuration,
      int warmUp,
      int steps,
      Set<Extra> extras,
      BenchmarkListener listener) {
    return sessions.work(
        sessions.components(configuration),
        configuration,
        session -> run(session, new Plan(warmUp, steps, extras, listener)));
  }

  private BenchmarkResult run(TrainingSession session, Plan plan) {
    try {
      BenchmarkedNet net = describe(session);
      plan.listener().started(net);
      plan.trained(0);
      session.net().initialize();
      session.net().begin();
      StepTimes training = train(session, firstRate(session), plan);
      session.net().placeShippedWeights(plan.all() + 1L);
      StepTimes inference = evaluate(session, plan);
      ProcessMemory memory = ProcessMemory.read();
      ReadingSpeed reading = reading(session, plan);
      return new BenchmarkResult(net, training, inference, memory, reading, layers(session, plan));
    } catch (IOException unreadable) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "reading the images failed: " + IoFailure.describe(unreadable),
          unreadable);
    }
  }

  private static double firstRate(TrainingSession session) {
    int epochs = session.configuration().get(RunSettings.EPOCHS);
    int steps = session.trainBatches().batchesPerPass();
    return session.rates().rate(new TrainingPosition(1, epochs, 0, steps));
  }

  private StepTimes train(TrainingSession session, double rate, Plan plan) throws IOException {
    FullBatches batches = new FullBatches(session.trainBatches());
    StepRecorder recorder =
        new StepRecorder(List.of("data", "quantize", "gradients", "update"), plan.steps());
    for (int step = 1; step <= plan.all(); step++) {
      batches.prepare();
      long start = clock.monotonicTime();
      Batch batch = batches.next();
      long waited = clock.monotonicTime() - start;
      StepResult result = session.step().apply(batch, step, rate, false);
      long took = clock.monotonicTime() - start;
      if (result.diverged() != null) {
        throw new RoundelException(
            ErrorKind.DIVERGED,
            "training diverged at update "
                + step
                + " of the benchmark (learning rate "
                + rate
                + "): "
                + result.diverged()
                + ". Use a smaller learning-rate");
      }
      if (step > plan.warmUp()) {
        recorder.record(
            took, waited, result.quantizeNanos(), result.gradientNanos(), result.updateNanos());
      }
      plan.trained(step);
    }
    return recorder.times(session.trainBatches().batchSize());
  }

  private StepTimes evaluate(TrainingSession session, Plan plan) throws IOException {
    FullBatches batches = new FullBatches(session.testBatches());
    StepRecorder recorder = new StepRecorder(List.of("data", "forward"), plan.steps());
    for (int step = 1; step <= plan.all(); step++) {
      batches.prepare();
      long start = clock.monotonicTime();
      Batch batch = batches.next();
      long waited = clock.monotonicTime() - start;
      session.net().model().evaluate(batch);
      long took = clock.monotonicTime() - start;
      if (step > plan.warmUp()) {
        recorder.record(took, waited, took - waited);
      }
      plan.evaluated(step);
    }
    return recorder.times(session.testBatches().batchSize());
  }

  /** After the net, whose steps keep the threads that they have got by themselves. */
  private @Nullable ReadingSpeed reading(TrainingSession session, Plan plan) throws IOException {
    if (!plan.measures(Extra.READING)) {
      return null;
    }
    plan.began("reading");
    int processors = Runtime.getRuntime().availableProcessors();
    return ReadingSpeed.measure(session.trainBatches(), plan.steps(), processors, clock);
  }

  /** After the rest, because what it needs of memory is not training's. */
  private static @Nullable LayerProfile layers(TrainingSession session, Plan plan)
      throws IOException {
    if (!plan.measures(Extra.LAYERS)) {
      return null;
    }
    plan.began("layers of a training step");
    FullBatches batches = new FullBatches(session.trainBatches());
    batches.prepare();
    RandomSource random =
        RandomSource.of(
            session.configuration().get(RunSettings.SEED), RandomPurpose.MODEL, plan.all() + 1L);
    int shards = session.configuration().get(RunSettings.SHARDS);
    Batch part = new BatchParts(shards).of(batches.next()).get(0);
    return LayerProfile.of(session.net().model(), part, random, plan.steps());
  }

  private static BenchmarkedNet describe(TrainingSession session) {
    long parameters = 0;
    long quantized = 0;
    long latent = 0;
    for (TrainedParameter parameter : session.net().parameters()) {
      long length = parameter.netWeights().length();
      parameters += length;
      quantized += parameter.isQuantized() ? length : 0;
      latent += parameter.latent() != null ? length : 0;
    }
    int states = session.optimizer().stateArrays().size();
    return new BenchmarkedNet(
        parameters,
        quantized,
        session.dataset().inputShape(),
        session.trainBatches().batchSize(),
        session.net().model().multiplyAddsPerImage(),
        2 * Float.BYTES * latent,
        (3L + 2L * states) * Float.BYTES * parameters);
  }

  /** How many steps are made, and who is told. */
  private record Plan(int warmUp, int steps, Set<Extra> extras, BenchmarkListener listener) {
    /** A training step is about as much work as so many evaluations of a batch. */
    private static final int TRAINING = 3;

    int all() {
      return warmUp + steps;
    }

    void trained(int step) {
      progressed(step < warmUp ? "training, to warm up" : "training", (long) TRAINING * step);
    }

    boolean measures(Extra extra) {
      return extras.contains(extra);
    }

    /** How long the rest takes is not known before. */
    void began(String what) {
      progressed(what, (TRAINING + 1L) * all());
    }

    void evaluated(int step) {
      progressed("inference", (long) TRAINING * all() + step);
    }

    private void progressed(String what, long done) {
      // Layers are measured by two methods.
      long more = measures(Extra.LAYERS) ? 2L * TRAINING * steps : 0;
      listener.progressed(what, done, (TRAINING + 1L) * all() + more);
    }
  }
}
