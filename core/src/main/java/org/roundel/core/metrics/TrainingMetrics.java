package org.roundel.core.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.Pointer;
import org.roundel.core.config.RunSettings;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.StepPhase;
import org.roundel.core.event.TrainingListener;

/**
 * Turns what happens in a run into meters.
 *
 * <p>Counters and timers count what this process did; gauges hold the last known value, which lives
 * as long as this object does, so no gauge turns NaN because its value was collected. A value that
 * is not known yet has no meter. Errors and shares are in [0, 1].
 */
public final class TrainingMetrics implements TrainingListener, AutoCloseable {
  private final MeterRegistry registry;
  private final Map<StepPhase, Timer> phases = new EnumMap<>(StepPhase.class);
  private final Timer steps;
  private final Counter images;
  // Strong references: the registry holds gauges' objects weakly.
  private final Map<String, AtomicReference<Double>> values = new TreeMap<>();
  private final List<AutoCloseable> binders = new ArrayList<>();

  /** Registers the meters that exist from the start: step times, counts, JVM and native memory. */
  @Inject
  public TrainingMetrics(MeterRegistry registry) {
    this.registry = registry;
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
            .description("Time of whole updates; its count is the number of updates")
            .register(registry);
    images =
        Counter.builder("roundel.images")
            .description("Images trained on; its rate is the images per second")
            .register(registry);
    Gauge.builder("roundel.memory.offheap", TrainingMetrics::offHeapBytes)
        .description(
            "Physical memory of the process beyond the Java heap: ND4J's arrays and native code")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("roundel.memory.process", Pointer::physicalBytes)
        .description("Physical memory of the whole process")
        .baseUnit("bytes")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    JvmGcMetrics garbageCollection = new JvmGcMetrics();
    garbageCollection.bindTo(registry);
    binders.add(garbageCollection);
  }

  /**
   * ND4J counts no allocations of its own that could be asked for, so this is a difference. Of the
   * heap's address space only what was ever used has physical memory: each pool's peak.
   */
  private static double offHeapBytes() {
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        heap += Math.min(pool.getPeakUsage().getUsed(), pool.getUsage().getCommitted());
      }
    }
    return Math.max(0, Pointer.physicalBytes() - heap);
  }

  @Override
  public void runStarted(RunStarted event) {
    set("roundel.parameters", "Numbers that the net trains", (double) event.parameters());
    set(
        "roundel.parameters.quantized",
        "Numbers that are quantized",
        (double) event.quantizedParameters());
    set("roundel.epochs", "Epochs that the run has", event.configuration().get(RunSettings.EPOCHS));
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    for (StepPhase phase : StepPhase.values()) {
      phases.get(phase).record(Duration.ofNanos(event.times().of(phase)));
    }
    steps.record(event.times().total(), TimeUnit.NANOSECONDS);
    images.increment(event.images());
    set("roundel.batch.loss", "Mean loss of the last batch, before its update", event.loss());
    set(
        "roundel.batch.error",
        "Error of the last batch, before its update",
        (double) event.wrong() / event.images());
    set("roundel.learning.rate", "Learning rate of the last update", event.learningRate());
    set("roundel.epoch", "Epoch being trained, counted from 1", event.epoch());
    set(
        "roundel.images.per.second",
        "Images per second of the last update",
        event.images() * 1e9 / event.times().total());
  }

  @Override
  public void epochCompleted(EpochCompleted event) {
    evaluation(event.train(), "train", "net");
    evaluation(event.test(), "test", "net");
    if (event.latentTest() != null) {
      evaluation(event.latentTest(), "test", "latent");
    }
    for (LayerStatistics layer : event.layers()) {
      String parameter = layer.parameter();
      String role = layer.role().name().toLowerCase(Locale.ROOT);
      set(
          "roundel.weights.changed.since.start",
          "Share of weights whose sign differs from the start",
          layer.changedSinceStart(),
          "parameter",
          parameter,
          "role",
          role);
      if (layer.changedInFiveEpochs() != null) {
        set(
            "roundel.weights.changed.in.five.epochs",
            "Share of weights whose sign differs from five epochs ago",
            layer.changedInFiveEpochs(),
            "parameter",
            parameter,
            "role",
            role);
      }
      if (layer.quantized()) {
        set(
            "roundel.quantization.error",
            "Root mean square of quantized minus unquantized weights",
            layer.quantizationError(),
            "parameter",
            parameter,
            "role",
            role);
        set(
            "roundel.latent.gap",
            "Mean distance of quantized and latent weights",
            layer.latentGap(),
            "parameter",
            parameter,
            "role",
            role);
        moves(parameter, role).set((double) layer.moves());
      }
    }
  }

  private void evaluation(Evaluation evaluation, String split, String weights) {
    set(
        "roundel.loss",
        "Mean loss over an epoch",
        evaluation.loss(),
        "split",
        split,
        "weights",
        weights);
    set(
        "roundel.error",
        "Share of misclassified images over an epoch",
        evaluation.error(),
        "split",
        split,
        "weights",
        weights);
  }

  private AtomicReference<Double> moves(String parameter, String role) {
    return values.computeIfAbsent(
        "roundel.weights.moves " + parameter,
        key -> {
          AtomicReference<Double> holder = new AtomicReference<>(0.0);
          FunctionCounter.builder("roundel.weights.moves", holder, AtomicReference::get)
              .description(
                  "Moves of weights from one quantized value to another since the start of training")
              .tags("parameter", parameter, "role", role)
              .register(registry);
          return holder;
        });
  }

  private void set(String name, String description, double value, String... tags) {
    String key = name + " " + String.join(" ", tags);
    AtomicReference<Double> holder = values.get(key);
    if (holder != null) {
      holder.set(value);
      return;
    }
    AtomicReference<Double> first = new AtomicReference<>(value);
    values.put(key, first);
    Gauge.builder(name, first, AtomicReference::get)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable binder : binders) {
      binder.close();
    }
  }
}
