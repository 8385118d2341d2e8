package org.roundel.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.api.optimizer.OptimizerFactory;
import org.roundel.kit.optimizer.OptimizerRules;
import org.roundel.kit.optimizer.OptimizerSubject;
import org.roundel.kit.rule.Rule;

/**
 * What every {@link org.roundel.api.optimizer.Optimizer} keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * class LionContractTest extends OptimizerContract {
 *   @Override
 *   protected OptimizerFactory factory() {
 *     return new LionFactory();
 *   }
 *
 *   @Override
 *   protected List<Map<String, String>> variants() {
 *     return List.of(Map.of(), Map.of("weight-decay", "0.001"));
 *   }
 * }
 * }</pre>
 */
public abstract class OptimizerContract extends ComponentContract<OptimizerSubject> {
  /** Returns the factory under test. */
  protected abstract OptimizerFactory factory();

  /** Returns the option values to check every rule with; the default is the options' defaults. */
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }

  /**
   * Returns how many updates of rate 0.01 bring a quadratic of curvature 0.5 to 2 to less than 1 %
   * of its value, from a distance of 1 to its minimum.
   */
  protected int updatesForQuadratic() {
    return OptimizerSubject.USUAL_UPDATES;
  }

  @Override
  final OptimizerSubject subject() {
    return new OptimizerSubject(factory(), Map.of(), updatesForQuadratic());
  }

  @Override
  final List<OptimizerSubject> subjects() {
    List<OptimizerSubject> subjects = new ArrayList<>();
    for (Map<String, String> variant : variants()) {
      subjects.add(new OptimizerSubject(factory(), variant, updatesForQuadratic()));
    }
    return subjects;
  }

  @Override
  final List<Rule<OptimizerSubject>> rules() {
    return OptimizerRules.all();
  }
}
