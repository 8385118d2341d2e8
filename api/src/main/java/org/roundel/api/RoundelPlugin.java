package org.roundel.api;

import java.util.List;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/**
 * The entry point of a plugin JAR: lists the components that the JAR offers, by kind.
 *
 * <p>A JAR names its implementation in {@code META-INF/services/org.roundel.api.RoundelPlugin} and
 * carries the manifest attribute {@value #SPI_VERSION_ATTRIBUTE} with the value of {@link
 * #SPI_VERSION}. The class is public and has a public constructor without arguments. Every method
 * is called once, after loading, with the plugin's class loader as the thread's context class
 * loader; it returns quickly and touches no file, socket or native library: that is for a factory's
 * {@code create}. A plugin that hangs in one of them for five seconds is not loaded.
 *
 * <p>Every method has a default that returns an empty list, so a plugin overrides only the kinds it
 * offers, and a kind added later does not break it.
 */
public interface RoundelPlugin {
  /** The version of this interface. A plugin built for another version is refused. */
  int SPI_VERSION = 1;

  /**
   * The manifest attribute in which a plugin JAR says which {@link #SPI_VERSION} it was built for.
   */
  String SPI_VERSION_ATTRIBUTE = "Roundel-SPI-Version";

  /** Returns the quantizers that this plugin offers. */
  default List<QuantizerFactory> quantizers() {
    return List.of();
  }

  /** Returns the optimizers that this plugin offers. */
  default List<OptimizerFactory> optimizers() {
    return List.of();
  }

  /** Returns the learning-rate schedules that this plugin offers. */
  default List<LearningRateScheduleFactory> schedules() {
    return List.of();
  }

  /** Returns the models that this plugin offers. */
  default List<ModelFactory> models() {
    return List.of();
  }

  /** Returns the datasets that this plugin offers. */
  default List<DatasetFactory> datasets() {
    return List.of();
  }

  /** Returns the exporters that this plugin offers. */
  default List<ExporterFactory> exporters() {
    return List.of();
  }

  /** Returns the inferences that this plugin offers. */
  default List<InferenceFactory> inferences() {
    return List.of();
  }
}
