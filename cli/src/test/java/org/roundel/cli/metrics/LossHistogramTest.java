package org.roundel.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.metrics.TrainingMetrics;

class LossHistogramTest {
  @Test
  void countsLossesBelowOneWhereTheyBelong() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    LossHistogram losses = new LossHistogram(registry);
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      for (double loss : new double[] {0.15, 0.3, 1.5, 1000}) {
        StepCompleted event =
            new StepCompleted(1, 1, 1, 1, 0.01, loss, 3, 40, 1, new PhaseTimes(1, 2, 3, 4));
        metrics.stepCompleted(event);
        losses.stepCompleted(event);
      }
      assertThat(registry.scrape())
          .contains(
              "# TYPE roundel_update_loss histogram\n",
              "roundel_update_loss_bucket{le=\"0.1\"} 0\n",
              "roundel_update_loss_bucket{le=\"0.2\"} 1\n",
              "roundel_update_loss_bucket{le=\"0.5\"} 2\n",
              "roundel_update_loss_bucket{le=\"1.0\"} 2\n",
              "roundel_update_loss_bucket{le=\"2.0\"} 3\n",
              "roundel_update_loss_bucket{le=\"100.0\"} 3\n",
              "roundel_update_loss_bucket{le=\"+Inf\"} 4\n",
              "roundel_update_loss_count 4\n",
              "roundel_update_loss_sum 1001.95\n")
          .containsOnlyOnce("# TYPE roundel_update_loss ");
    }
    registry.close();
  }
}
