package org.roundel.cli.metrics;

import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;

/**
 * How the updates' losses are distributed, counted by Prometheus' own client: Micrometer rounds
 * what is no time up to whole numbers before it counts, so all losses below 1 would look like 1.
 */
public final class LossHistogram implements TrainingListener {
  private static final double[] LIMITS = {
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100
  };

  private final Histogram histogram =
      Histogram.builder()
          .name("roundel_update_loss")
          .help("Mean loss of each batch, before its update")
          .classicOnly()
          .classicUpperBounds(LIMITS)
          // There are no traces that they could name, and their library is not here.
          .withoutExemplars()
          .build();

  /**
   * Takes the place of Micrometer's meter.
   *
   * @param registry one that has no meters of a run yet
   */
  public LossHistogram(PrometheusMeterRegistry registry) {
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("roundel.update.loss"));
    registry.getPrometheusRegistry().register(histogram);
  }

  @Override
  public void stepCompleted(StepCompleted event) {
    histogram.observe(event.loss());
  }
}
