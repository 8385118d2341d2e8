package org.roundel.kit.quantizer;

import java.util.Map;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.rule.Subject;

/**
 * A quantizer under test.
 *
 * @param factory makes it
 * @param values the option values that differ from the default
 */
public record QuantizerSubject(QuantizerFactory factory, Map<String, String> values)
    implements Subject {

  Quantizer create() {
    return factory.create(options());
  }

  @Override
  public void tryOut(Options options) {
    Quantizer quantizer = factory.create(options);
    QuantizedValueRules.requireFinite(QuantizerCase.ordinary(quantizer.levels()), quantizer);
  }
}
