package org.roundel.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.PhaseTimes;
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
              new PhaseTimes(1_000_000, 2_000_000, 3_000_000, 4_000_000)));
      metrics.stepCompleted(
          new StepCompleted(1, 2, 10, 2, 0.02, 1.5, 10, 40, new PhaseTimes(0, 0, 20_000_000, 0)));

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
                moves),
            new LayerStatistics(
                "classifier/weight",
                ParameterRole.LINEAR_WEIGHT,
                false,
                640,
                0.25,
                changedInFive,
                0,
                0,
                0)));
  }
}
