package org.roundel.kit.quantizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.StateArray;
import org.roundel.api.training.StateArrays;
import org.roundel.kit.probe.GuardedTensor;
import org.roundel.kit.probe.Numbers;
import org.roundel.kit.probe.StateCopy;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.RuleViolation;

/** What every {@link Quantizer} must do. */
public final class QuantizerRules {
  private QuantizerRules() {}

  /** Returns the rules. */
  public static List<Rule<QuantizerSubject>> all() {
    return List.of(
        Rule.of("levels are increasing, finite and a new array", QuantizerRules::levels),
        Rule.of("what it declares stays the same", QuantizerRules::declarations),
        Rule.of("hooks write only what they may write", QuantizerRules::writes),
        Rule.of("the net's weights are on the grid", QuantizedValueRules::onGrid),
        Rule.of("trained weights have few enough values", QuantizedValueRules::fewValues),
        Rule.of("infinite weights end on the grid and NaN stays NaN", QuantizedValueRules::broken),
        Rule.of(
            "quantizing twice is quantizing once, if promised", QuantizedValueRules::idempotent),
        Rule.of("rounding is unbiased, if promised", UnbiasedRounding::check),
        Rule.of("gradients are finite and replace what was there", QuantizerRules::gradients),
        Rule.of("the same arguments give the same bytes", QuantizerRepeatRules::pure),
        Rule.of("neither order nor threads of calls matter", QuantizerRepeatRules::anyOrder),
        Rule.of("the number of threads does not matter", QuantizerRepeatRules::anyThreads),
        Rule.of("what is random changes with seed, step and tensor", QuantizerRepeatRules::random),
        Rule.of("another object continues from the state arrays", QuantizerTraining::check),
        Rule.of("ND4J's random numbers are left alone", QuantizerRepeatRules::noNd4jRandom));
  }

  private static void levels(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    float[] levels = quantizer.levels();
    Numbers.requireFinite(levels, "levels()");
    if (levels.length > Grid.MAXIMUM_SIZE) {
      throw RuleViolation.of(levels.length + " levels", "at most " + Grid.MAXIMUM_SIZE);
    }
    for (int index = 1; index < levels.length; index++) {
      if (!(levels[index] > levels[index - 1])) {
        throw RuleViolation.of(
            "level " + levels[index] + " after " + levels[index - 1], "increasing levels");
      }
    }
    float[] expected = levels.clone();
    Arrays.fill(levels, 77);
    if (!Arrays.equals(quantizer.levels(), expected)) {
      throw RuleViolation.of(
          "levels() that change when a caller writes the array", "a new array for each call");
    }
  }

  private static void declarations(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    List<StateArray> arrays = quantizer.stateArrays();
    Set<String> names = new HashSet<>();
    for (StateArray array : arrays) {
      if (!names.add(array.name())) {
        throw RuleViolation.of(
            "two state arrays named '" + array.name() + "'", "a name of its own for each");
      }
    }
    if (quantizer.distinctValues() < 0) {
      throw RuleViolation.of("distinctValues() " + quantizer.distinctValues(), "at least 0");
    }
    for (Quantizer asked : List.of(quantizer, subject.create())) {
      boolean same =
          asked.stateArrays().equals(arrays)
              && asked.properties().equals(quantizer.properties())
              && asked.keepsLatentWeights() == quantizer.keepsLatentWeights()
              && asked.updatesWeights() == quantizer.updatesWeights()
              && asked.distinctValues() == quantizer.distinctValues()
              && Arrays.equals(asked.levels(), quantizer.levels());
      if (!same) {
        throw RuleViolation.of(
            "other state arrays, properties, latent weights, updates, levels or distinct values on"
                + " asking again",
            "always the same");
      }
    }
  }

  private static void writes(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    for (QuantizerCase given : QuantizerCase.all(quantizer.levels())) {
      QuantizerRun.of(quantizer, given).requireNothingElseWritten();
    }
  }

  private static void gradients(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    for (QuantizerCase given : QuantizerCase.usual(quantizer.levels())) {
      QuantizerRun run = QuantizerRun.of(quantizer, given);
      try {
        Numbers.requireFinite(run.shapedGradient(), "the gradient for the optimizer");
        for (float[] gradient : run.learnedGradients()) {
          Numbers.requireFinite(gradient, "a learned state array's gradient");
        }
        if (!run.learnedGradients().isEmpty()) {
          requireOverwritten(quantizer, given);
        }
      } catch (RuleViolation violation) {
        throw violation.with(given.toString());
      }
    }
  }

  private static void requireOverwritten(Quantizer quantizer, QuantizerCase given) {
    List<StateCopy> results = new ArrayList<>();
    for (float before : new float[] {0, 7}) {
      StateArrays state = StateArrays.allocate(quantizer.stateArrays(), given.shape());
      GuardedTensor weights = GuardedTensor.of(given.weights(), given.shape());
      quantizer.initializeState(weights.tensor(), given.beforeTraining(state));
      StateCopy.fillGradients(state, before);
      GuardedTensor gradient = GuardedTensor.of(given.weights(), given.shape());
      quantizer.gradient(weights.tensor(), gradient.tensor(), given.update(state));
      results.add(StateCopy.of(state));
    }
    if (!results.get(0).sameGradients(results.get(1))) {
      throw RuleViolation.of(
          "a learned state array's gradient that depends on what was there before",
          "writing it, not adding to it");
    }
  }
}
