package org.roundel.kit.probe;

import java.util.concurrent.Callable;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.kit.rule.RuleViolation;

/** Finds the use of ND4J's random numbers, which do not repeat when a run is resumed. */
public final class Nd4jRandom {
  private Nd4jRandom() {}

  /** Checks that a computation neither draws ND4J's numbers nor depends on them. */
  public static void requireUntouched(Callable<int[]> computation) throws Exception {
    Nd4j.getRandom().setSeed(1);
    int undisturbed = Nd4j.getRandom().nextInt();
    Nd4j.getRandom().setSeed(1);
    int[] first = computation.call();
    if (Nd4j.getRandom().nextInt() != undisturbed) {
      throw RuleViolation.of("a draw from Nd4j.getRandom()", "only the random source handed in");
    }
    Nd4j.getRandom().setSeed(2);
    RuleViolation.requireSame(computation.call(), first, "another seed of ND4J");
  }
}
