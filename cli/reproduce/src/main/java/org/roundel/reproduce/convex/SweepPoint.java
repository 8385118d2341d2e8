package org.roundel.reproduce.convex;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.roundel.reproduce.theory.convex.DescentMethod;
import org.roundel.reproduce.theory.convex.StepSize;
import org.roundel.reproduce.theory.convex.StochasticObjective;

/**
 * One setting of the convex experiment's sweep.
 *
 * @param delta Δ
 * @param dimension d
 * @param noise σ of a quadratic's gradient noise; of a regression 0, whose noise is in the choice
 *     of examples
 * @param steps T
 */
record SweepPoint(
    Problem problem,
    Rule rule,
    DescentMethod method,
    double delta,
    int dimension,
    double noise,
    long steps) {
  /** What is minimised. */
  enum Problem {
    /** ½‖w − c‖², c spread evenly from −0.93 to 0.87. */
    QUADRATIC,
    /** ½(w − 0.2)², the counterexample to Corollary 1 with Q_d. */
    COUNTEREXAMPLE,
    /** Logistic regression on images of two classes. */
    LOGISTIC
  }

  /** How long steps are. */
  enum Rule {
    /** 1/(μ(t+1)). */
    STRONGLY_CONVEX,
    /** c/√t with c = 1/(2L). */
    CONVEX;

    /** Returns c of c/√t: 1/(2L). */
    static double factor(StochasticObjective objective) {
      return 1 / (2 * objective.smoothness());
    }

    StepSize of(StochasticObjective objective) {
      return this == STRONGLY_CONVEX
          ? StepSize.stronglyConvex(objective.strongConvexity())
          : StepSize.inverseSquareRoot(factor(objective));
    }
  }

  /** Returns the name of its file, without an ending. */
  String name() {
    String name = problem + "-" + rule + "-" + method + "-delta-" + delta + "-d-" + dimension;
    return (problem == Problem.LOGISTIC ? name : name + "-noise-" + noise)
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }

  /** Returns all that its numbers are a function of but the objective's data. */
  Map<String, String> parameters(ConvexSettings settings) {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("problem", problem.name());
    map.put("rule", rule.name());
    map.put("method", method.name());
    map.put("delta", Double.toString(delta));
    map.put("dimension", Integer.toString(dimension));
    map.put("noise", Double.toString(noise));
    map.put("steps", Long.toString(steps));
    map.put("seeds", Integer.toString(settings.seeds()));
    map.put("first-seed", Long.toString(settings.firstSeed()));
    return map;
  }

  /** Returns how much work a seed is, in steps of a coordinate. */
  long work() {
    return steps * dimension;
  }
}
