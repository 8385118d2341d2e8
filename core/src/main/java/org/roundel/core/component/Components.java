package org.roundel.core.component;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.api.schedule.LearningRateSchedule;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.core.RoundelException;
import org.roundel.core.config.DataDirectory;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;

/** The components of one run, found by name and checked together, then created one by one. */
public final class Components {
  private final PluginRegistry registry;
  private final RunConfiguration configuration;
  private final Selected<ModelFactory> model;
  private final Selected<QuantizerFactory> quantizer;
  private final Selected<OptimizerFactory> optimizer;
  private final Selected<LearningRateScheduleFactory> schedule;
  private final Selected<DatasetFactory> dataset;

  /** The models that the model has asked for by name, by that name. */
  private final Map<String, Selected<?>> innerModels = new TreeMap<>();

  private Components(PluginRegistry registry, RunConfiguration configuration) {
    this.registry = registry;
    this.configuration = configuration;
    this.model = registry.model(configuration.get(RunSettings.MODEL));
    this.quantizer = registry.quantizer(configuration.get(RunSettings.QUANTIZER));
    this.optimizer = registry.optimizer(configuration.get(RunSettings.OPTIMIZER));
    this.schedule = registry.schedule(configuration.get(RunSettings.SCHEDULE));
    this.dataset = registry.dataset(configuration.get(RunSettings.DATASET));
  }

  /**
   * Finds the components that a configuration names.
   *
   * @throws RoundelException with every unknown name and every option that is not allowed
   */
  public static Components find(PluginRegistry registry, RunConfiguration configuration) {
    ConfigurationCheck.of(registry, configuration.resolved());
    return new Components(registry, configuration);
  }

  public Selected<ModelFactory> model() {
    return model;
  }

  Selected<DatasetFactory> dataset() {
    return dataset;
  }

  /** Returns all selections by the setting that names them. */
  public Map<String, Selected<?>> all() {
    Map<String, Selected<?>> all = new LinkedHashMap<>();
    all.put(RunSettings.MODEL.name(), model);
    all.put(RunSettings.QUANTIZER.name(), quantizer);
    all.put(RunSettings.OPTIMIZER.name(), optimizer);
    all.put(RunSettings.SCHEDULE.name(), schedule);
    all.put(RunSettings.DATASET.name(), dataset);
    return all;
  }

  /**
   * Returns what makes a run's numbers: all selections by the setting that names them, and, once
   * the model is created, the models that it asked for, as {@code model.NAME}.
   */
  public Map<String, Selected<?>> inUse() {
    Map<String, Selected<?>> inUse = all();
    innerModels.forEach(
        (name, selected) -> inUse.put(RunSettings.MODEL.name() + "." + name, selected));
    return inUse;
  }

  /** Returns the declared option of a name such as {@code quantizer.delta}, or null. */
  public @Nullable Option<?> option(String key) {
    int dot = key.indexOf('.');
    Selected<?> component = dot < 0 ? null : all().get(key.substring(0, dot));
    return component == null ? null : component.option(key.substring(dot + 1));
  }

  /** Returns the options of the components that were not given, by key, with their defaults. */
  public Map<String, String> defaults() {
    Map<String, String> values = new LinkedHashMap<>();
    all()
        .forEach(
            (kind, selected) ->
                selected
                    .component()
                    .options()
                    .forEach(
                        option -> values.put(kind + "." + option.name(), option.defaultText())));
    values.keySet().removeAll(configuration.resolved().keySet());
    return values;
  }

  /** Returns the class loader of each component's plugin. */
  public Map<ComponentKind, ClassLoader> classLoaders() {
    Map<ComponentKind, ClassLoader> classLoaders = new EnumMap<>(ComponentKind.class);
    for (Selected<?> component : all().values()) {
      classLoaders.put(component.kind(), component.classLoader());
    }
    return classLoaders;
  }

  /** Returns the component of a kind that a run has. */
  public Selected<?> selected(ComponentKind kind) {
    return switch (kind) {
      case MODEL -> model;
      case QUANTIZER -> quantizer;
      case OPTIMIZER -> optimizer;
      case SCHEDULE -> schedule;
      case DATASET -> dataset;
      case EXPORTER, INFERENCE -> throw new IllegalArgumentException("a run has no " + kind);
    };
  }

  public Dataset createDataset() {
    Path directory = DataDirectory.of(configuration);
    return dataset.create(
        factory -> factory.create(options(dataset, RunSettings.DATASET), directory));
  }

  /** Creates the model to be trained. */
  public Model createModel(Dataset images, int batchSize) {
    return model.create(factory -> factory.create(request(images, batchSize)));
  }

  /** Creates the model to be evaluated, or asked what it is made of. */
  public Model createModelForEvaluation(Dataset images, int batchSize) {
    return model.create(factory -> factory.create(request(images, batchSize).forEvaluation()));
  }

  private ModelRequest request(Dataset images, int batchSize) {
    RandomSource random =
        RandomSource.of(configuration.get(RunSettings.SEED), RandomPurpose.INITIALIZE, 0);
    return new ModelRequest(
            model.name(),
            images.inputShape(),
            images.classNames().size(),
            Math.min(batchSize, largestSplit(images)),
            options(model, RunSettings.MODEL),
            random)
        .with(
            new NamedModels(
                registry, List.of(model.name()), made -> innerModels.put(made.name(), made)));
  }

  /** No batch is larger, so no memory need be there for a larger one. */
  private static int largestSplit(Dataset images) {
    return Math.max(images.size(Split.TRAIN), images.size(Split.TEST));
  }

  public Quantizer createQuantizer() {
    return quantizer.create(factory -> factory.create(options(quantizer, RunSettings.QUANTIZER)));
  }

  public Optimizer createOptimizer() {
    return optimizer.create(factory -> factory.create(options(optimizer, RunSettings.OPTIMIZER)));
  }

  public LearningRateSchedule createSchedule() {
    return schedule.create(factory -> factory.create(options(schedule, RunSettings.SCHEDULE)));
  }

  private Options options(Selected<?> selected, Option<String> setting) {
    return selected.options(configuration.componentOptions(setting));
  }
}
