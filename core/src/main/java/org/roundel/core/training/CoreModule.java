package org.roundel.core.training;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import org.roundel.core.metrics.TrainingMetrics;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.Invocation;
import org.roundel.core.shard.Cluster;

/**
 * Wires the core. The injector's owner binds a {@link PluginRegistry}, a {@link MeterRegistry} and
 * an {@link Invocation} and a {@link Cluster} beside it, and gets {@link Trainer} and {@link
 * TrainingMetrics}.
 */
public final class CoreModule extends AbstractModule {
  @Override
  protected void configure() {
    requireBinding(PluginRegistry.class);
    requireBinding(MeterRegistry.class);
    requireBinding(Invocation.class);
    requireBinding(Cluster.class);
    bind(Clock.class).toInstance(Clock.SYSTEM);
    bind(Trainer.class).in(Singleton.class);
    bind(TrainingMetrics.class).in(Singleton.class);
  }
}
