package org.roundel.core.metrics;

import com.google.inject.Inject;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.BestTested;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.StepPhase;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.metrics.KnownValues.Description;

/**
 * Turns what happens in a run into meters.
 *
 * <p>Counters, timers and histograms count what this process did; gauges hold the last known value.
 * A value that is not known has no meter, and none is NaN. Errors and shares are in [0, 1]. How
 * many meters there are depends on the net and not on how long it is trained.
 */
public final class TrainingMetrics implements TrainingListener, AutoCloseable {
  private static final Description LOSS = Description.of("roundel.loss", "Mean loss over an epoch");
  private static final Description ERROR =
      Description.of("roundel.error", "Share of misclassified images over an epoch");
  private static final Description STATE =
      Description.of("roundel.run.state", "1 for what the run is doing or how it ended, else 0");
  private static final double[] STEP_SECONDS = {
    0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60
  };

  private final Map<StepPhase, Timer> phases = new EnumMap<>(StepPhase.class);
  private final Timer steps;
  private final DistributionSummary losses;
  private final Counter updates;
  private final Counter images;
  private final Timer evaluations;
  private final Timer checkpoints;
  private final MeterRegistry registry;
  private final KnownValues values;
  private final LayerMetrics layers;
  private final ProcessMetrics process;
  private final Pace pace = new Pace();

  /** Registers the meters that exist from the start: times, counts, JVM and native memory. */
  @Inject
  public TrainingMetrics(MeterRegistry registry) {
    this.registry = registry;
    values = new KnownValues(registry);
    layers = new LayerMetrics(values);
    for (StepPhase phase : StepPhase.values()) {
      phases.put(
          phase,
          Timer.builder("roundel.step.phase")
              .description("Time of the parts of an update")
              .tag("phase", phase.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    steps =
        Timer.builder("roundel.step")
            .description("Time of whole updates")
            .serviceLevelObjectives(
                DoubleStream.of(STEP_SECONDS)
                    .mapToObj(seconds -> Duration.ofNanos((long) (seconds * 1e9)))
                    .toArray(Duration[]::new))
            .register(registry);
    losses =
        DistributionSummary.builder("roundel.update.loss")
            .description("Mean loss of each batch, before its update")
            .register(registry);
    updates = counter("roundel.updates", "Updates made");
    images = counter("roundel.images", "Images trained on; its rate is the images per second");
    evaluations =
        timer("roundel.evaluation", "Time of evaluations on test images or held-out ones");
    checkpoints = timer("roundel.checkpoint", "Time of writing checkpoints");
    process = new ProcessMetrics(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).description(description).register(registry);
  }

  @Override
  public void runStarted(RunStarted event) {
    pace.runStarted(event);
    RunConfiguration configuration = event.configuration();
    values.set(
        Description.of("roundel.run.info", "Which run this is; always 1"),
        1,
        "run",
        String.valueOf(event.directory().getFileName()),
        "model",
        configuration.get(RunSettings.MODEL),
        "quantizer",
        configuration.get(RunSettings.QUANTIZER),
        "optimizer",
        configuration.get(RunSettings.OPTIMIZER),
        "dataset",
        configuration.get(RunSettings.DATASET),
        "seed",
        configuration.get(RunSettings.SEED).toString(),
        "version",
        event.version());
    set("roundel.parameters", "Numbers that the net trains", (double) event.parameters());
    set(
        "roundel.parameters.quantized",
        "Numbers that are quantized",
        (double) event.quantizedParameters());
    set("roundel.epochs", "Epochs that the run has", configuration.get(RunSettings.EPOCHS));
    best(event.best().error());
    layers.set(event.layers());
    enter(RunPhase.TRAINING);
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    for (StepPhase phase : StepPhase.values()) {
      phases.get(phase).record(event.times().of(phase), TimeUnit.NANOSECONDS);
    }
    steps.record(event.times().total(), TimeUnit.NANOSECONDS);
    losses.record(event.loss());
    updates.increment();
    images.increment(event.images());
    set("roundel.batch.loss", "Mean loss of the last batch, before its update", event.loss());
    set(
        "roundel.batch.error",
        "Error of the last batch, before its update",
        (double) event.wrong() / event.images());
    set(
        "roundel.gradient.norm",
        "Euclidean norm of the last batch's gradients of all parameters together",
        event.gradientNorm());
    set("roundel.learning.rate", "Learning rate of the last update", event.learningRate());
    set("roundel.epoch", "Epoch being trained, counted from 1", event.epoch());
    set(
        "roundel.images.per.second",
        "Images per second of the last update",
        event.images() * 1e9 / event.times().total());
    values.set(
        new Description(
            "roundel.last.update.timestamp", "When the last update was made, Unix time", "seconds"),
        registry.config().clock().wallTime() / 1000.0);
    pace.stepCompleted(event);
    timeLeft(pace.snapshot(event).runSecondsLeft());
  }

  private void timeLeft(double seconds) {
    values.set(
        new Description(
            "roundel.time.left",
            "Until the run's end, from the speed of this epoch and the last evaluation",
            "seconds"),
        seconds);
  }

  @Override
  public void evaluationStarted(EvaluationStarted event) {
    enter(RunPhase.EVALUATING);
  }

  @Override
  public void evaluationCompleted(EvaluationCompleted event) {
    pace.evaluationCompleted(event);
    evaluations.record(nanos(event.seconds()), TimeUnit.NANOSECONDS);
    enter(RunPhase.TRAINING);
  }

  @Override
  public void checkpointStarted(CheckpointStarted event) {
    enter(RunPhase.CHECKPOINTING);
  }

  @Override
  public void checkpointWritten(CheckpointWritten event) {
    checkpoints.record(nanos(event.seconds()), TimeUnit.NANOSECONDS);
    values.set(
        new Description(
            "roundel.checkpoint.size", "Length of the last checkpoint's files", "bytes"),
        (double) event.bytes());
    enter(RunPhase.TRAINING);
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    evaluation(event.train(), "train", "net");
    String images = event.validated() ? "validation" : "test";
    evaluation(event.test(), images, "net");
    if (event.latentTest() != null) {
      evaluation(event.latentTest(), images, "latent");
    }
    if (event.best()) {
      best(event.test().error());
    }
    layers.set(event.layers());
  }

  @Override
  public void bestTested(BestTested event) {
    evaluation(event.result().test(), "test", "net");
  }

  private void evaluation(Evaluation evaluation, String split, String weights) {
    values.set(LOSS, evaluation.loss(), "split", split, "weights", weights);
    values.set(ERROR, evaluation.error(), "split", split, "weights", weights);
  }

  private void best(double error) {
    set(
        "roundel.best.error",
        "Lowest test error of the run's epochs, or validation error where images are held out",
        error);
  }

  @Override
  public void runFinished(RunResult event) {
    if (!event.interrupted()) {
      timeLeft(0);
    }
    enter(RunPhase.of(event));
  }

  @Override
  public void runFailed(RunFailed event) {
    enter(RunPhase.of(event));
  }

  private void enter(RunPhase now) {
    for (RunPhase phase : RunPhase.values()) {
      values.set(STATE, phase == now ? 1 : 0, "state", phase.name().toLowerCase(Locale.ROOT));
    }
  }

  private void set(String name, String description, double value) {
    values.set(Description.of(name, description), value);
  }

  private static long nanos(double seconds) {
    return (long) (seconds * 1e9);
  }

  @Override
  public void close() {
    process.close();
  }
}
