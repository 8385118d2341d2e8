package org.roundel.kit.quantizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.kit.probe.Nd4jRandom;
import org.roundel.kit.probe.Threads;
import org.roundel.kit.rule.RuleViolation;

/** That a {@link Quantizer} gives the same bytes for the same arguments, and others for others. */
final class QuantizerRepeatRules {
  private QuantizerRepeatRules() {}

  static void pure(QuantizerSubject subject) {
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

  static void anyOrder(QuantizerSubject subject) throws Exception {
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

  static void anyThreads(QuantizerSubject subject) throws Exception {
    Quantizer quantizer = subject.create();
    QuantizerCase given = QuantizerCase.large(quantizer.levels());
    try {
      Threads.requireSameOnAny(() -> QuantizerRun.of(quantizer, given).bits());
    } catch (RuleViolation violation) {
      throw violation.with(given.toString());
    }
  }

  static void random(QuantizerSubject subject) {
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

  static void noNd4jRandom(QuantizerSubject subject) throws Exception {
    Quantizer quantizer = subject.create();
    QuantizerCase given = QuantizerCase.ordinary(quantizer.levels());
    Nd4jRandom.requireUntouched(() -> QuantizerRun.of(quantizer, given).bits());
  }
}
