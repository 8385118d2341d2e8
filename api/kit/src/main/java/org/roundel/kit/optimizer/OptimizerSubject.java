package org.roundel.kit.optimizer;

import java.util.Map;
import org.roundel.api.Options;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.kit.rule.Subject;

/**
 * An optimizer under test.
 *
 * @param factory makes it
 * @param values the option values that differ from the default
 * @param updatesForQuadratic how many updates of rate 0.01 bring a quadratic of curvature 0.5 to 2
 *     to less than 1 % of its value, from a distance of 1 to its minimum
 */
public record OptimizerSubject(
    OptimizerFactory factory, Map<String, String> values, int updatesForQuadratic)
    implements Subject {
  /** Enough updates for plain gradient descent. */
  public static final int USUAL_UPDATES = 2000;

  Optimizer create() {
    return factory.create(options());
  }

  @Override
  public void tryOut(Options options) {
    OptimizerRules.requireFiniteUpdate(factory.create(options));
  }
}
