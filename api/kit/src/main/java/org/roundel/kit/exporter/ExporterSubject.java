package org.roundel.kit.exporter;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.roundel.api.Options;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.rule.Subject;

/**
 * An exporter under test.
 *
 * @param factory makes it
 * @param values the option values that differ from the default
 */
public record ExporterSubject(ExporterFactory factory, Map<String, String> values)
    implements Subject {

  Exporter create() {
    return factory.create(options());
  }

  /** Returns the sample nets that the exporter says it can hold. */
  List<ShippedNet> held() {
    return SampleNets.all().stream().filter(net -> create().problems(net).isEmpty()).toList();
  }

  @Override
  public void tryOut(Options options) throws IOException {
    Exporter exporter = factory.create(options);
    for (ShippedNet net : SampleNets.all()) {
      if (exporter.problems(net).isEmpty()) {
        MemoryFiles.write(exporter, net);
      }
    }
  }
}
