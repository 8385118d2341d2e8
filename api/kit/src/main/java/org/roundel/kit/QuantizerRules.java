package org.roundel.kit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;
import org.roundel.api.quantizer.QuantizerState;
import org.roundel.api.quantizer.StateArray;

/** What every {@link Quantizer} must do. */
public final class QuantizerRules {
  private QuantizerRules() {}

  /** Returns the rules. */
  public static List<Rule<QuantizerSubject>> all() {
    return List.of(
        Rule.of("levels are increasing, finite and a new array", QuantizerRules::levels),
        Rule.of("what it declares stays the same", QuantizerRules::declarations),
        Rule.of("hooks write only what they may write", QuantizerRules::writes),
        Rule.of("the net's weights are on the grid", QuantizerRules::onGrid),
        Rule.of("trained weights have few enough values", QuantizerRules::fewValues),
        Rule.of("infinite weights end on the grid and NaN stays NaN", QuantizerRules::broken),
        Rule.of("quantizing twice is quantizing once, if promised", QuantizerRules::idempotent),
        Rule.of("rounding is unbiased, if promised", UnbiasedRounding::check),
        Rule.of("gradients are finite and replace what was there", QuantizerRules::gradients),
        Rule.of("the same arguments give the same bytes", QuantizerRules::pure),
        Rule.of("neither order nor threads of calls matter", QuantizerRules::anyOrder),
        Rule.of("the number of threads does not matter", QuantizerRules::anyThreads),
        Rule.of("what is random changes with seed, step and tensor", QuantizerRules::random),
        Rule.of("another object continues from the state arrays", QuantizerTraining::check),
        Rule.of("ND4J's random numbers are left alone", QuantizerRules::noNd4jRandom));
  }

  /** Checks that the weights that the net computes with are finite. */
  static void requireFinite(QuantizerCase given, Quantizer quantizer) {
    for (float[] netWeights : QuantizerRun.of(quantizer, given).netWeights()) {
      try {
        Numbers.requireFinite(netWeights, "the weights that the net computes with");
      } catch (RuleViolation violation) {
        throw violation.with(given.toString());
      }
    }
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
              && asked.distinctValues() == quantizer.distinctValues()
              && Arrays.equals(asked.levels(), quantizer.levels());
      if (!same) {
        throw RuleViolation.of(
            "other state arrays, properties, latent weights, levels or distinct values on"
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

  private static void onGrid(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    float[] levels = quantizer.levels();
    for (QuantizerCase given : QuantizerCase.finite(levels)) {
      requireFinite(given, quantizer);
      for (float[] netWeights : QuantizerRun.of(quantizer, given).netWeights()) {
        for (int index = 0; index < netWeights.length; index++) {
          requireLevel(levels, netWeights[index], index, given);
        }
      }
    }
  }

  private static void requireLevel(float[] levels, float weight, int index, QuantizerCase given) {
    if (levels.length > 0 && Arrays.binarySearch(levels, weight) < 0) {
      throw RuleViolation.of(
              weight + " at " + index + " of the weights that the net computes with",
              "one of the levels " + Numbers.text(levels))
          .with(given.toString());
    }
  }

  private static void fewValues(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    int most = quantizer.distinctValues();
    for (QuantizerCase given : QuantizerCase.finite(quantizer.levels())) {
      if (most == 0 || given.progress() < 1) {
        continue;
      }
      float[] shipped = QuantizerRun.of(quantizer, given).shipped();
      int channels = (int) given.shape()[0];
      int size = shipped.length / channels;
      for (int channel = 0; channel < channels; channel++) {
        Set<Float> values = new HashSet<>();
        for (int index = channel * size; index < (channel + 1) * size; index++) {
          // Turns −0 into 0, the same number.
          values.add(shipped[index] + 0f);
        }
        if (values.size() > most) {
          throw RuleViolation.of(
                  values.size() + " different values in output channel " + channel,
                  "at most " + most + ", which distinctValues() says")
              .with(given.toString());
        }
      }
    }
  }

  private static void broken(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    float[] levels = quantizer.levels();
    float[] weights = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.5f};
    QuantizerCase given = QuantizerCase.of(weights, 4, 1);
    // Weights go wrong in the midst of training; the state arrays started from sound ones.
    float[] sound = {-0.5f, 0.25f, 0.75f, 0.5f};
    float[] result = QuantizerRun.of(quantizer, given, sound).quantized();
    if (!Float.isNaN(result[0])) {
      throw RuleViolation.of(result[0] + " from NaN", "NaN, so that divergence is seen")
          .with(given.toString());
    }
    for (int index = 1; index < result.length; index++) {
      requireLevel(levels, result[index], index, given);
    }
  }

  private static void idempotent(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    if (!quantizer.properties().contains(QuantizerProperty.IDEMPOTENT)) {
      return;
    }
    for (QuantizerCase given : QuantizerCase.finite(quantizer.levels())) {
      float[] once = QuantizerRun.of(quantizer, given).quantized();
      // In a later step, with other random numbers, and with the state arrays of the first time.
      QuantizerCase later =
          given.with(once).at(given.seed(), given.step() + 1, given.tensor()).at(given.progress());
      float[] twice = QuantizerRun.of(quantizer, later, given.weights()).quantized();
      int index = Arrays.mismatch(twice, once);
      if (index >= 0) {
        throw RuleViolation.of(
                "the quantized weight "
                    + once[index]
                    + " at "
                    + index
                    + " moved to "
                    + twice[index]
                    + " when quantized again",
                "no move, as the property IDEMPOTENT says")
            .with(given.toString());
      }
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
      QuantizerState state = QuantizerState.allocate(quantizer.stateArrays(), given.shape());
      GuardedTensor weights = GuardedTensor.of(given.weights(), given.shape());
      quantizer.initializeState(weights.tensor(), given.beforeTraining(state));
      StateCopy.fillGradients(state, before);
      GuardedTensor slope = GuardedTensor.of(given.weights(), given.shape());
      quantizer.gradient(weights.tensor(), slope.tensor(), given.update(state));
      results.add(StateCopy.of(state));
    }
    if (!results.get(0).sameGradients(results.get(1))) {
      throw RuleViolation.of(
          "a learned state array's gradient that depends on what was there before",
          "writing it, not adding to it");
    }
  }

  private static void pure(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    for (QuantizerCase given : QuantizerCase.all(quantizer.levels())) {
      int[] first = QuantizerRun.of(quantizer, given).bits();
      requireSame(QuantizerRun.of(quantizer, given).bits(), first, "a second call", given);
      int[] other = QuantizerRun.of(subject.create(), given).bits();
      requireSame(other, first, "a second object", given);
    }
  }

  private static void requireSame(int[] found, int[] expected, String what, QuantizerCase given) {
    try {
      RuleViolation.requireSame(found, expected, what);
    } catch (RuleViolation violation) {
      throw violation.with(given.toString());
    }
  }

  private static void anyOrder(QuantizerSubject subject) throws Exception {
    Quantizer quantizer = subject.create();
    List<QuantizerCase> cases = QuantizerCase.all(quantizer.levels());
    List<int[]> forwards = new ArrayList<>();
    List<Callable<int[]>> tasks = new ArrayList<>();
    for (QuantizerCase given : cases) {
      forwards.add(QuantizerRun.of(quantizer, given).bits());
      tasks.add(() -> QuantizerRun.of(quantizer, given).bits());
    }
    for (int index = cases.size() - 1; index >= 0; index--) {
      int[] backwards = QuantizerRun.of(quantizer, cases.get(index)).bits();
      requireSame(backwards, forwards.get(index), "the opposite order", cases.get(index));
    }
    List<int[]> results = Threads.call(tasks);
    for (int index = 0; index < cases.size(); index++) {
      requireSame(results.get(index), forwards.get(index), "another thread", cases.get(index));
    }
  }

  private static void anyThreads(QuantizerSubject subject) throws Exception {
    Quantizer quantizer = subject.create();
    QuantizerCase given = QuantizerCase.large(quantizer.levels());
    try {
      Threads.requireSameOnAny(() -> QuantizerRun.of(quantizer, given).bits());
    } catch (RuleViolation violation) {
      throw violation.with(given.toString());
    }
  }

  private static void random(QuantizerSubject subject) {
    Quantizer quantizer = subject.create();
    QuantizerCase given = QuantizerCase.ordinary(quantizer.levels());
    QuantizerRun result = QuantizerRun.of(quantizer, given.at(1, 5, 3));
    QuantizerRun otherSeed = QuantizerRun.of(quantizer, given.at(2, 5, 3));
    QuantizerRun otherStep = QuantizerRun.of(quantizer, given.at(1, 6, 3));
    QuantizerRun otherTensor = QuantizerRun.of(quantizer, given.at(1, 5, 4));
    String input = given.at(1, 5, 3).toString();
    if (!Arrays.equals(otherSeed.quantized(), result.quantized())) {
      if (Arrays.equals(otherStep.quantized(), result.quantized())) {
        throw RuleViolation.of("the same random weights in steps 5 and 6", "others").with(input);
      }
      if (Arrays.equals(otherTensor.quantized(), result.quantized())) {
        throw RuleViolation.of("the same random weights in tensors 3 and 4", "others").with(input);
      }
    }
    boolean randomStart = !Arrays.equals(otherSeed.initial(), result.initial());
    boolean startByTensor = !Arrays.equals(otherTensor.initial(), result.initial());
    if (startByTensor != randomStart) {
      throw RuleViolation.of(
              "initial weights that change with the "
                  + (randomStart ? "seed but not with the tensor" : "tensor but not with the seed"),
              "with both or with neither")
          .with(input);
    }
  }

  private static void noNd4jRandom(QuantizerSubject subject) throws Exception {
    Quantizer quantizer = subject.create();
    QuantizerCase given = QuantizerCase.ordinary(quantizer.levels());
    Nd4jRandom.requireUntouched(() -> QuantizerRun.of(quantizer, given).bits());
  }
}
