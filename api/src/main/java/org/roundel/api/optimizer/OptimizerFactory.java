package org.roundel.api.optimizer;

import org.roundel.api.ComponentFactory;
import org.roundel.api.Options;

/** Makes an {@link Optimizer}. */
public interface OptimizerFactory extends ComponentFactory {
  /**
   * Makes an optimizer.
   *
   * @param options values of the declared options, already checked one by one
   * @throws org.roundel.api.InvalidInputException if the options contradict each other
   */
  Optimizer create(Options options);
}
