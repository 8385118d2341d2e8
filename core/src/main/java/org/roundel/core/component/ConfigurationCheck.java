package org.roundel.core.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.core.RoundelException;
import org.roundel.core.config.ConfigurationProblems;
import org.roundel.core.config.LossSettings;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;

/**
 * Checks all of a configuration that can be checked without the data: settings, the components that
 * it names, their options. What is wrong is told in one list.
 */
public final class ConfigurationCheck {
  private final Map<String, String> given;
  private final ConfigurationProblems problems;
  private final Map<Option<String>, Selected<?>> selected = new LinkedHashMap<>();
  private final Map<Option<String>, RoundelException> missing = new LinkedHashMap<>();

  private ConfigurationCheck(Map<String, String> given, ConfigurationProblems problems) {
    this.given = given;
    this.problems = problems;
  }

  /**
   * Returns the configuration with these values.
   *
   * @param given values by key; what is not given has its default
   * @throws RoundelException with everything that is wrong: unknown keys, values that are not
   *     allowed, unknown components, and what components say of their options
   */
  public static RunConfiguration of(PluginRegistry registry, Map<String, String> given) {
    ConfigurationProblems problems = new ConfigurationProblems();
    addTo(problems, registry, given);
    problems.throwIfAny();
    return RunConfiguration.of(given);
  }

  /** Adds everything that is wrong with a configuration to what is wrong with others. */
  public static void addTo(
      ConfigurationProblems problems, PluginRegistry registry, Map<String, String> given) {
    new ConfigurationCheck(given, problems).run(registry);
  }

  private void run(PluginRegistry registry) {
    for (Option<String> component : RunSettings.COMPONENTS) {
      String name = given.getOrDefault(component.name(), component.defaultText());
      try {
        selected.put(component, registry.find(kind(component), name));
      } catch (RoundelException unknown) {
        missing.put(component, unknown);
      }
    }
    given.forEach(this::check);
    // A default that no plugin offers is nobody's line.
    missing.values().forEach(problems::add);
    selected.forEach(this::checkTogether);
    checkAverage();
    checkShards();
    checkTargets();
  }

  /** An average of weights that only ever hold values of a grid is not on the grid. */
  private void checkAverage() {
    Selected<?> quantizer = selected.get(RunSettings.QUANTIZER);
    Double decay = value(RunSettings.EMA_DECAY);
    if (quantizer == null || decay == null || decay == 0) {
      return;
    }
    Map<String, String> options = RunConfiguration.componentOptions(given, RunSettings.QUANTIZER);
    if (quantizer.problems(options).isEmpty()
        && create(quantizer, options) instanceof Quantizer created
        && !created.keepsLatentWeights()
        && created.levels().length > 0) {
      problems.add(
          "ema-decay: "
              + decay
              + " averages the trained weights, and those of "
              + quantizer.name()
              + " are values of a grid, which their average is not; allowed: 0, or a quantizer that"
              + " keeps latent weights or none");
    }
  }

  private void checkShards() {
    Integer shards = value(RunSettings.SHARDS);
    Integer batchSize = value(RunSettings.BATCH_SIZE);
    if (shards != null && batchSize != null && shards > batchSize) {
      problems.add(
          "shards: "
              + shards
              + " parts of batches of "
              + batchSize
              + (batchSize == 1 ? " image" : " images")
              + "; allowed: at most one for each image, so 1 to "
              + batchSize
              + ", or a larger batch-size");
    }
  }

  /** Returns a setting's value; null if it is not allowed, which is told of elsewhere. */
  private <T> @Nullable T value(Option<T> setting) {
    try {
      return setting.parse(given.getOrDefault(setting.name(), setting.defaultText()));
    } catch (InvalidInputException invalid) {
      return null;
    }
  }

  private void check(String key, String value) {
    Option<?> setting = RunSettings.find(key);
    Option<String> component = RunSettings.componentOf(key);
    if (setting != null) {
      RoundelException unknown = missing.remove(setting);
      if (unknown == null) {
        problems.checkSetting(setting, value);
      } else {
        problems.add(unknown);
      }
    } else if (component == null) {
      problems.addUnknownKey(key, keys());
    } else if (selected.containsKey(component)) {
      String option = key.substring(component.name().length() + 1);
      Objects.requireNonNull(selected.get(component))
          .problem(option, value)
          .ifPresent(problems::add);
    }
  }

  private void checkTargets() {
    boolean taught = !given.getOrDefault(LossSettings.TEACHER.name(), "").isEmpty();
    Double share = value(LossSettings.TEACHER_SHARE);
    Double smoothing = value(LossSettings.LABEL_SMOOTHING);
    if (share == null || smoothing == null) {
      return;
    }
    if (!taught && share < 1) {
      problems.add(
          LossSettings.TEACHER_SHARE.name()
              + ": there is no teacher to have a share; name its run by teacher, or leave this out");
    }
    if (taught && share == 1 && smoothing > 0) {
      problems.add(
          LossSettings.LABEL_SMOOTHING.name()
              + ": labels have no part in the loss where teacher-share is 1; set that below 1, or"
              + " leave this out");
    }
  }

  /** Options may be allowed one by one and not together; only the component knows. */
  private void checkTogether(Option<String> component, Selected<?> selection) {
    Map<String, String> options = RunConfiguration.componentOptions(given, component);
    if (options.isEmpty() || !selection.problems(options).isEmpty()) {
      return;
    }
    create(selection, options);
  }

  /**
   * Creates what costs nothing; nets and datasets need images.
   *
   * @return null if the component refuses, which is told then
   */
  private @Nullable Object create(Selected<?> selection, Map<String, String> options) {
    try {
      return selection.call(
          "could not be created",
          factory -> {
            if (factory instanceof QuantizerFactory quantizers) {
              return quantizers.create(selection.options(options));
            }
            if (factory instanceof OptimizerFactory optimizers) {
              return optimizers.create(selection.options(options));
            }
            if (factory instanceof LearningRateScheduleFactory schedules) {
              return schedules.create(selection.options(options));
            }
            return factory;
          });
    } catch (RoundelException refused) {
      problems.add(refused);
      return null;
    }
  }

  /** Returns every key that may be given with these components. */
  private List<String> keys() {
    List<String> keys = new ArrayList<>(RunSettings.names());
    selected.forEach(
        (component, selection) ->
            selection
                .component()
                .options()
                .forEach(option -> keys.add(component.name() + "." + option.name())));
    return keys;
  }

  private static ComponentKind kind(Option<String> component) {
    for (ComponentKind kind : ComponentKind.values()) {
      if (kind.word().equals(component.name())) {
        return kind;
      }
    }
    throw new IllegalArgumentException(component.name());
  }
}
