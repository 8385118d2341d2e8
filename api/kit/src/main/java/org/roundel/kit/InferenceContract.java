package org.roundel.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.kit.inference.InferenceRules;
import org.roundel.kit.inference.InferenceSubject;
import org.roundel.kit.rule.Rule;

/**
 * What every {@link org.roundel.api.inference.Inference} keeps to, on the nets of {@link
 * org.roundel.kit.exporter.SampleNets}. A plugin's test extends it:
 *
 * <pre>{@code
 * class LoopsContractTest extends InferenceContract {
 *   @Override
 *   protected InferenceFactory factory() {
 *     return new LoopsFactory();
 *   }
 * }
 * }</pre>
 */
public abstract class InferenceContract extends ComponentContract<InferenceSubject> {
  /** Returns the factory under test. */
  protected abstract InferenceFactory factory();

  /** Returns the option values to check every rule with; the default is the options' defaults. */
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }

  @Override
  final InferenceSubject subject() {
    return new InferenceSubject(factory(), Map.of());
  }

  @Override
  final List<InferenceSubject> subjects() {
    List<InferenceSubject> subjects = new ArrayList<>();
    for (Map<String, String> variant : variants()) {
      subjects.add(new InferenceSubject(factory(), variant));
    }
    return subjects;
  }

  @Override
  final List<Rule<InferenceSubject>> rules() {
    return InferenceRules.all();
  }
}
