package org.roundel.cli.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.api.schedule.LearningRateScheduleFactory;
import org.roundel.core.config.DataDirectory;
import org.roundel.core.plugin.Selected;
import org.roundel.kit.dataset.DatasetRules;
import org.roundel.kit.dataset.DatasetSubject;
import org.roundel.kit.exporter.ExporterRules;
import org.roundel.kit.exporter.ExporterSubject;
import org.roundel.kit.inference.InferenceRules;
import org.roundel.kit.inference.InferenceSubject;
import org.roundel.kit.model.ModelRules;
import org.roundel.kit.model.ModelSubject;
import org.roundel.kit.optimizer.OptimizerRules;
import org.roundel.kit.optimizer.OptimizerSubject;
import org.roundel.kit.quantizer.QuantizerRules;
import org.roundel.kit.quantizer.QuantizerSubject;
import org.roundel.kit.rule.FactoryRules;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.Subject;
import org.roundel.kit.schedule.LearningRateScheduleRules;
import org.roundel.kit.schedule.LearningRateScheduleSubject;

/**
 * Checks one component by the rules of its kind.
 *
 * <p>Quantizers, optimizers, schedules, exporters and inferences keep every rule with their
 * defaults and with each option at each edge of its range; rules about quality with the defaults
 * only. Nets and datasets, which take longer, keep the rules with their defaults, and work at the
 * edges.
 */
public final class ComponentCheck {
  private final Selected<?> component;
  private final CheckRequest request;
  private final RuleRunner runner;

  /**
   * Makes a check.
   *
   * @param component of a family, its default member
   * @param limit how long one rule may take with one set of options
   */
  public ComponentCheck(Selected<?> component, CheckRequest request, Duration limit) {
    this.component = component;
    this.request = request;
    this.runner = new RuleRunner(component.classLoader(), limit);
  }

  /**
   * Returns a result for every rule, in their order.
   *
   * @throws InvalidInputException if a value that the user gave is not allowed
   * @throws InterruptedException if the caller is interrupted
   */
  public List<RuleResult> results() throws InterruptedException {
    Map<String, String> base = values();
    return switch (component.kind()) {
      case QUANTIZER -> {
        QuantizerFactory factory = (QuantizerFactory) component.factory();
        yield check(base, QuantizerRules.all(), values -> new QuantizerSubject(factory, values));
      }
      case OPTIMIZER -> {
        OptimizerFactory factory = (OptimizerFactory) component.factory();
        yield check(
            base,
            OptimizerRules.all(),
            values -> new OptimizerSubject(factory, values, OptimizerSubject.USUAL_UPDATES));
      }
      case SCHEDULE -> {
        LearningRateScheduleFactory factory = (LearningRateScheduleFactory) component.factory();
        yield check(
            base,
            LearningRateScheduleRules.all(),
            values -> new LearningRateScheduleSubject(factory, values));
      }
      case MODEL -> checkModel(base, (ModelFactory) component.factory());
      case DATASET -> checkDataset(base, (DatasetFactory) component.factory());
      case EXPORTER -> {
        ExporterFactory factory = (ExporterFactory) component.factory();
        yield check(base, ExporterRules.all(), values -> new ExporterSubject(factory, values));
      }
      case INFERENCE -> {
        InferenceFactory factory = (InferenceFactory) component.factory();
        yield check(base, InferenceRules.all(), values -> new InferenceSubject(factory, values));
      }
    };
  }

  /** Returns the values that the user gave for options that this component declares. */
  private Map<String, String> values() {
    List<Option<?>> declared = new ArrayList<>(component.component().options());
    declared.addAll(component.component().nameOptions());
    Map<String, String> values = new LinkedHashMap<>();
    for (Option<?> option : declared) {
      String given = request.values().get(option.name());
      if (given != null) {
        values.put(option.name(), given);
      }
    }
    // Refuses a value that is not allowed, with a message that names the option.
    Options.of(declared, values);
    return values;
  }

  private <S extends Subject> List<RuleResult> check(
      Map<String, String> base, List<Rule<S>> rules, Function<Map<String, String>, S> subjects)
      throws InterruptedException {
    S usual = subjects.apply(base);
    List<RuleResult> results = new ArrayList<>();
    for (Rule<S> rule : FactoryRules.<S>all()) {
      results.add(result(rule.name(), runner.check(rule, usual)));
    }
    List<S> atEdges = new ArrayList<>();
    for (Map<String, String> values : edges(usual)) {
      atEdges.add(subjects.apply(values));
    }
    for (Rule<S> rule : rules) {
      results.add(result(rule.name(), firstFailure(rule, usual, atEdges)));
    }
    return results;
  }

  private <S extends Subject> @Nullable Throwable firstFailure(
      Rule<S> rule, S usual, List<S> atEdges) throws InterruptedException {
    Throwable failure = runner.check(rule, usual);
    if (failure != null || rule.quality()) {
      return failure;
    }
    for (S subject : atEdges) {
      Throwable thrown = runner.check(rule, subject);
      // A component may refuse a value that it cannot work with alone.
      if (thrown != null && !(thrown.getCause() instanceof InvalidInputException)) {
        return thrown;
      }
    }
    return null;
  }

  /** Returns the option values with one option at one edge of its range. */
  private static List<Map<String, String>> edges(Subject usual) {
    List<Map<String, String>> variants = new ArrayList<>();
    for (Option<?> option : usual.triedOptions()) {
      for (String edge : option.edgeValues()) {
        if (!usual.values().containsKey(option.name()) && !edge.equals(option.defaultText())) {
          Map<String, String> values = new HashMap<>(usual.values());
          values.put(option.name(), edge);
          variants.add(values);
        }
      }
    }
    return variants;
  }

  private List<RuleResult> checkModel(Map<String, String> base, ModelFactory factory)
      throws InterruptedException {
    ModelSubject subject =
        new ModelSubject(
            factory,
            base,
            request.input(),
            ModelSubject.USUAL_CLASSES,
            ModelSubject.USUAL_BATCH_SIZE);
    List<RuleResult> results = new ArrayList<>();
    for (Rule<ModelSubject> rule : FactoryRules.<ModelSubject>aboutWords()) {
      results.add(result(rule.name(), runner.check(rule, subject)));
    }
    List<Rule<ModelSubject>> rules = new ArrayList<>(FactoryRules.<ModelSubject>aboutCreating());
    rules.addAll(ModelRules.all());
    String missing = null;
    for (Rule<ModelSubject> rule : rules) {
      Throwable thrown = missing == null ? runner.check(rule, subject) : null;
      if (thrown != null && thrown.getCause() instanceof InvalidInputException refused) {
        missing = refused.getMessage() + ". Give an --input or a --set that the net is for";
      }
      results.add(
          missing == null ? result(rule.name(), thrown) : RuleResult.skipped(rule.name(), missing));
    }
    return results;
  }

  private List<RuleResult> checkDataset(Map<String, String> base, DatasetFactory factory)
      throws InterruptedException {
    Path directory =
        request.dataDirectory() == null
            ? DataDirectory.usual(component.name())
            : request.dataDirectory();
    DatasetSubject subject = new DatasetSubject(factory, base, directory);
    boolean filesMissing = factory.needsDirectory() && !Files.isDirectory(directory);
    List<RuleResult> results = new ArrayList<>();
    for (Rule<DatasetSubject> rule : FactoryRules.<DatasetSubject>aboutWords()) {
      results.add(result(rule.name(), runner.check(rule, subject)));
    }
    List<Rule<DatasetSubject>> rules =
        new ArrayList<>(FactoryRules.<DatasetSubject>aboutCreating());
    rules.addAll(DatasetRules.all());
    for (Rule<DatasetSubject> rule : rules) {
      results.add(
          filesMissing
              ? withoutFiles(rule.name(), directory)
              : result(rule.name(), runner.check(rule, subject)));
    }
    return results;
  }

  private static RuleResult withoutFiles(String rule, Path directory) {
    return RuleResult.skipped(
        rule, "there are no files in " + directory + "; say where they are with --data-dir DIR");
  }

  private static RuleResult result(String rule, @Nullable Throwable thrown) {
    return thrown == null
        ? RuleResult.passed(rule)
        : RuleResult.failed(
            rule, thrown.getMessage() == null ? thrown.toString() : thrown.getMessage());
  }
}
