package org.roundel.core.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.ComponentFactory;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.schedule.LearningRateScheduleFactory;

/** The kinds of components that a plugin can offer, in the order in which they are listed. */
public enum ComponentKind {
  /** Makes weights quantized. */
  QUANTIZER("quantizer", QuantizerFactory.class),
  /** Turns gradients into updates of weights. */
  OPTIMIZER("optimizer", OptimizerFactory.class),
  /** Gives the learning rate of a step. */
  SCHEDULE("schedule", LearningRateScheduleFactory.class),
  /** A net. */
  MODEL("model", ModelFactory.class),
  /** What a net is trained on. */
  DATASET("dataset", DatasetFactory.class),
  /** Writes trained nets in a file format. A run has none. */
  EXPORTER("exporter", ExporterFactory.class),
  /** Runs trained nets. A run has none. */
  INFERENCE("inference", InferenceFactory.class);

  private final String word;
  private final Class<? extends ComponentFactory> factoryType;

  ComponentKind(String word, Class<? extends ComponentFactory> factoryType) {
    this.word = word;
    this.factoryType = factoryType;
  }

  /** Returns the word for this kind that users see and write, as in {@code quantizer}. */
  public String word() {
    return word;
  }

  /** Returns the interface that the factories of this kind implement. */
  public Class<? extends ComponentFactory> factoryType() {
    return factoryType;
  }

  /** Returns the name of the method of {@link RoundelPlugin} that lists components of this kind. */
  String methodName() {
    return word + "s";
  }

  /** Asks a plugin for its factories of this kind; a bad plugin may return null or throw. */
  @Nullable List<? extends ComponentFactory> list(RoundelPlugin plugin) {
    return switch (this) {
      case QUANTIZER -> plugin.quantizers();
      case OPTIMIZER -> plugin.optimizers();
      case SCHEDULE -> plugin.schedules();
      case MODEL -> plugin.models();
      case DATASET -> plugin.datasets();
      case EXPORTER -> plugin.exporters();
      case INFERENCE -> plugin.inferences();
    };
  }

  @Override
  public String toString() {
    return word;
  }
}
