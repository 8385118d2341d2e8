package org.roundel.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.api.quantizer.QuantizerFactory;
import org.roundel.kit.quantizer.QuantizerRules;
import org.roundel.kit.quantizer.QuantizerSubject;
import org.roundel.kit.rule.Rule;

/**
 * What every {@link org.roundel.api.quantizer.Quantizer} keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * class TernaryContractTest extends QuantizerContract {
 *   @Override
 *   protected QuantizerFactory factory() {
 *     return new TernaryFactory();
 *   }
 *
 *   @Override
 *   protected List<Map<String, String>> variants() {
 *     return List.of(Map.of(), Map.of("threshold", "0.1"));
 *   }
 * }
 * }</pre>
 */
public abstract class QuantizerContract extends ComponentContract<QuantizerSubject> {
  /** Returns the factory under test. */
  protected abstract QuantizerFactory factory();

  /** Returns the option values to check every rule with; the default is the options' defaults. */
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }

  @Override
  final QuantizerSubject subject() {
    return new QuantizerSubject(factory(), Map.of());
  }

  @Override
  final List<QuantizerSubject> subjects() {
    List<QuantizerSubject> subjects = new ArrayList<>();
    for (Map<String, String> variant : variants()) {
      subjects.add(new QuantizerSubject(factory(), variant));
    }
    return subjects;
  }

  @Override
  final List<Rule<QuantizerSubject>> rules() {
    return QuantizerRules.all();
  }
}
