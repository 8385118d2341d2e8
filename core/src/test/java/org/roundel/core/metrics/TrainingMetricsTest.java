package org.roundel.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;

class TrainingMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void stepsAreTimedByPhaseAndCounted() throws Exception {
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      metrics.stepCompleted(
          new StepCompleted(
              1,
              1,
              10,
              1,
              0.01,
              2.5,
              30,
              40,
              3,
              new PhaseTimes(1_000_000, 2_000_000, 3_000_000, 4_000_000)));
      metrics.stepCompleted(
          new StepCompleted(
              1, 2, 10, 2, 0.02, 1.5, 10, 40, 5, new PhaseTimes(0, 0, 20_000_000, 0)));

      assertThat(registry.get("roundel.step").timer().count()).isEqualTo(2);
      assertThat(registry.get("roundel.step").timer().totalTime(TimeUnit.MILLISECONDS))
          .isEqualTo(30);
      assertThat(
              registry
                  .get("roundel.step.phase")
                  .tag("phase", "gradients")
                  .timer()
                  .totalTime(TimeUnit.MILLISECONDS))
          .isEqualTo(23);
      assertThat(
              registry
                  .get("roundel.step.phase")
                  .tag("phase", "update")
                  .timer()
                  .totalTime(TimeUnit.MILLISECONDS))
          .isEqualTo(4);
      assertThat(registry.get("roundel.images").counter().count()).isEqualTo(80);
      assertThat(registry.get("roundel.images.per.second").gauge().value()).isEqualTo(2000);
      assertThat(registry.get("roundel.batch.loss").gauge().value()).isEqualTo(1.5);
      assertThat(registry.get("roundel.batch.error").gauge().value()).isEqualTo(0.25);
      assertThat(registry.get("roundel.learning.rate").gauge().value()).isEqualTo(0.02);
    }
  }

  @Test
  void epochsGiveErrorsByWeightsAndStatisticsByLayer() throws Exception {
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      metrics.epochCompleted(epoch(null, 100));
      assertThat(registry.find("roundel.weights.changed.in.five.epochs").gauge()).isNull();
      metrics.epochCompleted(epoch(0.125, 250));

      assertThat(
              registry.get("roundel.error").tags("split", "test", "weights", "net").gauge().value())
          .isEqualTo(0.2);
      assertThat(
              registry
                  .get("roundel.error")
                  .tags("split", "test", "weights", "latent")
                  .gauge()
                  .value())
          .isEqualTo(0.1);
      assertThat(
              registry.get("roundel.loss").tags("split", "train", "weights", "net").gauge().value())
          .isEqualTo(0.5);
      assertThat(
              registry
                  .get("roundel.weights.changed.in.five.epochs")
                  .tag("parameter", "stem/weight")
                  .gauge()
                  .value())
          .isEqualTo(0.125);
      assertThat(
              registry
                  .get("roundel.weights.moves")
                  .tag("parameter", "stem/weight")
                  .functionCounter()
                  .count())
          .isEqualTo(250);
      assertThat(registry.get("roundel.latent.gap").tag("parameter", "stem/weight").gauge().value())
          .isEqualTo(0.75);
      assertThat(registry.find("roundel.latent.gap").tag("parameter", "classifier/weight").gauge())
          .isNull();
      assertThat(
              registry
                  .get("roundel.weights.changed.since.start")
                  .tag("parameter", "classifier/weight")
                  .gauge()
                  .value())
          .isEqualTo(0.25);
    }
  }

  @Test
  void saysWhichRunItIsAndWhatItIsDoing() throws Exception {
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      metrics.runStarted(started(new BestError(0.25, 3)));
      assertThat(
              registry
                  .get("roundel.run.info")
                  .tags(
                      "run",
                      "x",
                      "model",
                      "resnet-8",
                      "seed",
                      "7",
                      "dataset",
                      "synthetic",
                      "version",
                      "1.2.3")
                  .gauge()
                  .value())
          .isEqualTo(1);
      assertThat(state()).isEqualTo("training");
      assertThat(gauge("roundel.best.error")).isEqualTo(0.25);
      assertThat(
              registry
                  .get("roundel.weights.moves")
                  .tag("parameter", "stem/weight")
                  .functionCounter()
                  .count())
          .isEqualTo(42);

      metrics.stepCompleted(step());
      assertThat(registry.get("roundel.updates").counter().count()).isEqualTo(1);
      assertThat(gauge("roundel.gradient.norm")).isEqualTo(3);
      // 10 ms an update; 9 of this epoch are left, and an epoch of ten.
      assertThat(gauge("roundel.time.left")).isEqualTo(0.19, within(1e-9));
      assertThat(gauge("roundel.last.update.timestamp")).isGreaterThan(1.7e9);

      metrics.evaluationStarted(new EvaluationStarted(1));
      assertThat(state()).isEqualTo("evaluating");
      metrics.evaluationCompleted(new EvaluationCompleted(1, 2.5));
      assertThat(registry.get("roundel.evaluation").timer().totalTime(TimeUnit.SECONDS))
          .isEqualTo(2.5);
      metrics.checkpointStarted(new CheckpointStarted("step-1"));
      assertThat(state()).isEqualTo("checkpointing");
      metrics.checkpointWritten(new CheckpointWritten("step-1", 1234, 0.5));
      assertThat(gauge("roundel.checkpoint.size")).isEqualTo(1234);
      assertThat(registry.get("roundel.checkpoint").timer().totalTime(TimeUnit.SECONDS))
          .isEqualTo(0.5);
      assertThat(state()).isEqualTo("training");
      metrics.epochCompleted(epoch(null, 50));
      assertThat(gauge("roundel.best.error")).isEqualTo(0.2);
      metrics.runFinished(
          new RunResult(Path.of("x"), false, false, 2, null, new BestError(0.2, 6)));
      assertThat(state()).isEqualTo("finished");
      assertThat(gauge("roundel.time.left")).isZero();
    }
  }

  @Test
  void tellsHowARunEnded() throws Exception {
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      metrics.runFinished(new RunResult(Path.of("x"), true, false, 2, null, BestError.NONE));
      assertThat(state()).isEqualTo("stopped");
      metrics.runFailed(new RunFailed(new IllegalStateException("the loss is NaN"), true));
      assertThat(state()).isEqualTo("diverged");
      metrics.runFailed(new RunFailed(new IllegalStateException("a fault"), false));
      assertThat(state()).isEqualTo("failed");
    }
  }

  @Test
  void countsStepTimesInFixedBucketsAndSumsLosses() throws Exception {
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      metrics.stepCompleted(step());
      metrics.stepCompleted(step());
      assertThat(registry.get("roundel.update.loss").summary().totalAmount()).isEqualTo(5);
      assertThat(bucket("roundel.step.histogram", "0.005")).isZero();
      assertThat(bucket("roundel.step.histogram", "0.01")).isEqualTo(2);
      assertThat(registry.get("roundel.update.loss").summary().count()).isEqualTo(2);
    }
  }

  /** A net that has gone astray may evaluate to a loss that is no number. */
  @Test
  void hasNoMeterForWhatIsNoNumber() throws Exception {
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      metrics.runStarted(started(BestError.NONE));
      assertThat(registry.find("roundel.best.error").gauge()).isNull();
      metrics.epochCompleted(epoch(0.125, 1));
      assertThat(registry.find("roundel.weights.changed.in.five.epochs").gauge()).isNotNull();
      metrics.epochCompleted(epoch(Double.NaN, 1));
      for (Meter meter : registry.getMeters()) {
        for (Measurement measurement : meter.measure()) {
          assertThat(measurement.getValue()).as(meter.getId().toString()).isNotNaN();
        }
      }
      assertThat(registry.find("roundel.weights.changed.in.five.epochs").gauge()).isNull();
    }
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private double bucket(String name, String limit) {
    return registry.get(name).tag("le", limit).gauge().value();
  }

  private String state() {
    List<String> now =
        registry.get("roundel.run.state").gauges().stream()
            .filter(gauge -> gauge.value() == 1)
            .map(gauge -> String.valueOf(gauge.getId().getTag("state")))
            .toList();
    assertThat(registry.get("roundel.run.state").gauges()).hasSize(7);
    assertThat(now).hasSize(1);
    return now.get(0);
  }

  private static RunStarted started(BestError best) {
    return new RunStarted(
        Path.of("runs", "x"),
        "1.2.3",
        RunConfiguration.of(
            Map.of("epochs", "2", "model", "resnet-8", "dataset", "synthetic", "seed", "7")),
        75_290,
        73_680,
        List.of("stem/weight"),
        400,
        100,
        10,
        0,
        best,
        epoch(null, 42).layers(),
        List.of());
  }

  private static StepCompleted step() {
    return new StepCompleted(
        1, 1, 10, 1, 0.01, 2.5, 30, 40, 3, new PhaseTimes(0, 0, 10_000_000, 0));
  }

  @Test
  void gaugesKeepTheirValuesWhenGarbageIsCollected() throws Exception {
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      metrics.epochCompleted(epoch(0.125, 1));
      System.gc();
      assertThat(registry.getMeters()).isNotEmpty();
      assertThat(
              registry.get("roundel.error").tags("split", "test", "weights", "net").gauge().value())
          .isEqualTo(0.2);
      double process = registry.get("roundel.memory.process").gauge().value();
      assertThat(registry.get("roundel.memory.offheap").gauge().value())
          .isPositive()
          .isLessThan(process);
    }
  }

  /** A heap may have far more address space than memory; that must not hide what is beside it. */
  @Test
  void memoryOutsideTheHeapIsWhatNativeCodeHolds() throws Exception {
    int bytes = 200 << 20;
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      assertThat(metrics).isNotNull();
      Gauge gauge = registry.get("roundel.memory.offheap").gauge();
      double before = gauge.value();
      try (BytePointer array = new BytePointer(bytes)) {
        array.fill(1);
        assertThat(gauge.value()).isGreaterThan(bytes);
        // Half of it: the heap may give memory back, or take some, at the same time.
        assertThat(gauge.value() - before).isGreaterThan(bytes / 2.0);
      }
    }
  }

  private static EpochCompleted epoch(@Nullable Double changedInFive, long moves) {
    return new EpochCompleted(
        6,
        10,
        600,
        0.01,
        new Evaluation(0.5, 0.3, 1000),
        false,
        new Evaluation(0.4, 0.2, 100),
        new Evaluation(0.2, 0.1, 100),
        true,
        10,
        List.of(
            new LayerStatistics(
                "stem/weight",
                ParameterRole.CONVOLUTION_WEIGHT,
                true,
                144,
                0.5,
                changedInFive,
                0.9,
                0.75,
                moves,
                null),
            new LayerStatistics(
                "classifier/weight",
                ParameterRole.LINEAR_WEIGHT,
                false,
                640,
                0.25,
                changedInFive,
                0,
                0,
                0,
                null)));
  }
}
