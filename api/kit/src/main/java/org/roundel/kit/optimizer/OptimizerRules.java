package org.roundel.kit.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.roundel.api.Chunks;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.training.StateArray;
import org.roundel.kit.probe.Nd4jRandom;
import org.roundel.kit.probe.Numbers;
import org.roundel.kit.probe.Quadratic;
import org.roundel.kit.probe.Threads;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.RuleViolation;

/** What every {@link Optimizer} must do. */
public final class OptimizerRules {
  private static final long[] SHAPE = {2, 3, 2, 2};
  private static final int SIZE = 24;
  private static final double RATE = 0.01;

  private OptimizerRules() {}

  /** Returns the rules. */
  public static List<Rule<OptimizerSubject>> all() {
    return List.of(
        Rule.of("state arrays differ in name and none is learned", OptimizerRules::stateArrays),
        Rule.of("writes only the weights and the state", OptimizerRules::writes),
        Rule.quality("the first update goes downhill", OptimizerRules::downhill),
        Rule.quality("a quadratic is minimised", OptimizerRules::quadratic),
        Rule.of("a learning rate of zero leaves the weights", OptimizerRules::rateOfZero),
        Rule.of("extreme steps and gradients give numbers", OptimizerRules::extremes),
        Rule.of("one object serves several parameters", OptimizerRules::severalParameters),
        Rule.of("one object serves several threads", OptimizerRules::severalThreads),
        Rule.of("another object continues from the state arrays", OptimizerRules::resumes),
        Rule.of("the number of threads does not matter", OptimizerRules::anyThreads),
        Rule.of("ND4J's random numbers are left alone", OptimizerRules::noNd4jRandom));
  }

  /** Checks that one update from zero state gives finite weights. */
  static void requireFiniteUpdate(Optimizer optimizer) {
    OptimizerCase parameter = new OptimizerCase(optimizer, new float[SIZE], SHAPE);
    parameter.update(new Quadratic(SIZE).gradient(parameter.weights()), RATE, 1);
    Numbers.requireFinite(parameter.weights(), "the weights after the first update");
  }

  private static void stateArrays(OptimizerSubject subject) {
    Optimizer optimizer = subject.create();
    List<StateArray> arrays = optimizer.stateArrays();
    Set<String> names = new HashSet<>();
    for (StateArray array : arrays) {
      if (!names.add(array.name())) {
        throw RuleViolation.of(
            "two state arrays named '" + array.name() + "'", "a name of its own for each");
      }
      if (array.learned()) {
        throw RuleViolation.of(
            "the learned state array '" + array.name() + "'",
            "arrays that the optimizer itself writes, as StateArray.kept declares them");
      }
    }
    for (Optimizer asked : List.of(optimizer, subject.create())) {
      if (!asked.stateArrays().equals(arrays)) {
        throw RuleViolation.of(
            "the state arrays " + arrays + " and then " + asked.stateArrays(), "always the same");
      }
    }
  }

  private static void writes(OptimizerSubject subject) {
    Quadratic quadratic = new Quadratic(SIZE);
    OptimizerCase parameter = new OptimizerCase(subject.create(), new float[SIZE], SHAPE);
    for (int step = 1; step <= 3; step++) {
      parameter.update(quadratic.gradient(parameter.weights()), RATE, step);
      parameter.requireNothingElseWritten();
    }
  }

  private static void downhill(OptimizerSubject subject) {
    Quadratic quadratic = new Quadratic(SIZE);
    OptimizerCase parameter = new OptimizerCase(subject.create(), new float[SIZE], SHAPE);
    parameter.update(quadratic.gradient(parameter.weights()), RATE, 1);
    requireLess(quadratic.value(parameter.weights()), quadratic.value(new float[SIZE]), 1);
  }

  private static void quadratic(OptimizerSubject subject) {
    Quadratic quadratic = new Quadratic(SIZE);
    OptimizerCase parameter = new OptimizerCase(subject.create(), new float[SIZE], SHAPE);
    for (int step = 1; step <= subject.updatesForQuadratic(); step++) {
      parameter.update(quadratic.gradient(parameter.weights()), RATE, step);
    }
    requireLess(
        quadratic.value(parameter.weights()),
        0.01 * quadratic.value(new float[SIZE]),
        subject.updatesForQuadratic());
  }

  private static void requireLess(double found, double bound, int updates) {
    if (!(found < bound)) {
      throw RuleViolation.of(
              "a quadratic's value of " + found + " after " + updates + " updates",
              "less than " + bound)
          .with("rate " + RATE + ", curvatures 0.5 to 2, start at distance 1");
    }
  }

  private static void rateOfZero(OptimizerSubject subject) {
    float[] weights = new Quadratic(SIZE).gradient(new float[SIZE]);
    OptimizerCase parameter = new OptimizerCase(subject.create(), weights, SHAPE);
    parameter.update(new Quadratic(SIZE).gradient(weights), 0, 1);
    int index = Arrays.mismatch(parameter.weights(), weights);
    if (index >= 0) {
      throw RuleViolation.of(
          "a weight moved from " + weights[index] + " to " + parameter.weights()[index],
          "no move at a learning rate of 0");
    }
  }

  private static void extremes(OptimizerSubject subject) {
    for (long step : new long[] {1, 2, 1_000_000_000, Long.MAX_VALUE}) {
      for (float gradient : new float[] {0f, -0f, Float.MIN_VALUE, 1e-30f, 0x1p50f, -0x1p50f}) {
        OptimizerCase parameter = new OptimizerCase(subject.create(), new float[] {1f}, 1, 1);
        parameter.update(new float[] {gradient}, RATE, step);
        if (!Float.isFinite(parameter.weights()[0])) {
          throw RuleViolation.of("the weight " + parameter.weights()[0], "a finite number")
              .with("weight 1, gradient " + gradient + ", rate " + RATE + ", step " + step);
        }
      }
    }
  }

  private static void severalParameters(OptimizerSubject subject) {
    // One optimizer serves two parameters in turn; it may remember neither.
    Quadratic quadratic = new Quadratic(SIZE);
    Optimizer shared = subject.create();
    float[] start = new float[SIZE];
    OptimizerCase first = new OptimizerCase(shared, start, SHAPE);
    OptimizerCase second = new OptimizerCase(shared, quadratic.gradient(start), SHAPE);
    OptimizerCase alone = new OptimizerCase(subject.create(), start, SHAPE);
    for (int step = 1; step <= 5; step++) {
      first.update(quadratic.gradient(first.weights()), RATE, step);
      second.update(quadratic.gradient(second.weights()), RATE, step);
      alone.update(quadratic.gradient(alone.weights()), RATE, step);
    }
    RuleViolation.requireSame(
        first.bits(), alone.bits(), "an optimizer that also updates another parameter");
  }

  private static void severalThreads(OptimizerSubject subject) throws Exception {
    Optimizer shared = subject.create();
    List<int[]> alone = new ArrayList<>();
    List<Callable<int[]>> tasks = new ArrayList<>();
    for (int task = 0; task < 8; task++) {
      int size = SIZE + task;
      alone.add(afterUpdates(shared, 20, size, size, 1));
      tasks.add(() -> afterUpdates(shared, 20, size, size, 1));
    }
    List<int[]> together = Threads.call(tasks);
    for (int task = 0; task < alone.size(); task++) {
      RuleViolation.requireSame(together.get(task), alone.get(task), "a call from a thread");
    }
  }

  private static void resumes(OptimizerSubject subject) {
    Quadratic quadratic = new Quadratic(SIZE);
    OptimizerCase through = new OptimizerCase(subject.create(), new float[SIZE], SHAPE);
    for (int step = 1; step <= 3; step++) {
      through.update(quadratic.gradient(through.weights()), RATE, step);
    }
    OptimizerCase resumed = through.resumedWith(subject.create());
    for (int step = 4; step <= 8; step++) {
      through.update(quadratic.gradient(through.weights()), RATE, step);
      resumed.update(quadratic.gradient(resumed.weights()), RATE, step);
    }
    RuleViolation.requireSame(
        resumed.bits(), through.bits(), "a run stopped after 3 of 8 updates and resumed");
  }

  private static void anyThreads(OptimizerSubject subject) throws Exception {
    Optimizer optimizer = subject.create();
    // Large enough that a pass cuts the array into several chunks.
    int size = 6 * Chunks.LENGTH + 6;
    Threads.requireSameOnAny(() -> afterUpdates(optimizer, 2, size, 6, Chunks.LENGTH + 1L));
  }

  /** Returns every bit after some updates. */
  private static int[] afterUpdates(Optimizer optimizer, int updates, int size, long... shape) {
    Quadratic quadratic = new Quadratic(size);
    OptimizerCase parameter = new OptimizerCase(optimizer, new float[size], shape);
    for (int step = 1; step <= updates; step++) {
      parameter.update(quadratic.gradient(parameter.weights()), RATE, step);
    }
    return parameter.bits();
  }

  private static void noNd4jRandom(OptimizerSubject subject) throws Exception {
    Nd4jRandom.requireUntouched(() -> afterUpdates(subject.create(), 1, SIZE, SHAPE));
  }
}
