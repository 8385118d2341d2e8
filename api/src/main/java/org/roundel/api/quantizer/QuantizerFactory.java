package org.roundel.api.quantizer;

import org.roundel.api.ComponentFactory;
import org.roundel.api.Options;

/** Makes a {@link Quantizer}. */
public interface QuantizerFactory extends ComponentFactory {
  /**
   * Makes a quantizer.
   *
   * @param options values of the declared options, already checked one by one
   * @throws org.roundel.api.InvalidInputException if the options contradict each other
   */
  Quantizer create(Options options);
}
