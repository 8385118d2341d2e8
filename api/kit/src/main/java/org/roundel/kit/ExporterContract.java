package org.roundel.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.kit.exporter.ExporterRules;
import org.roundel.kit.exporter.ExporterSubject;
import org.roundel.kit.rule.Rule;

/**
 * What every {@link org.roundel.api.exporter.Exporter} keeps to. A plugin's test extends it:
 *
 * <pre>{@code
 * class CsvContractTest extends ExporterContract {
 *   @Override
 *   protected ExporterFactory factory() {
 *     return new CsvFactory();
 *   }
 * }
 * }</pre>
 *
 * The nets that it writes are {@link org.roundel.kit.exporter.SampleNets}; a plugin's own tests may
 * use them too.
 */
public abstract class ExporterContract extends ComponentContract<ExporterSubject> {
  /** Returns the factory under test. */
  protected abstract ExporterFactory factory();

  /** Returns the option values to check every rule with; the default is the options' defaults. */
  protected List<Map<String, String>> variants() {
    return List.of(Map.of());
  }

  @Override
  final ExporterSubject subject() {
    return new ExporterSubject(factory(), Map.of());
  }

  @Override
  final List<ExporterSubject> subjects() {
    List<ExporterSubject> subjects = new ArrayList<>();
    for (Map<String, String> variant : variants()) {
      subjects.add(new ExporterSubject(factory(), variant));
    }
    return subjects;
  }

  @Override
  final List<Rule<ExporterSubject>> rules() {
    return ExporterRules.all();
  }
}
