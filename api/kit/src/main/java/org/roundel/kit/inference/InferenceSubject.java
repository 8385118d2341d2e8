package org.roundel.kit.inference;

import java.util.Map;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.inference.Inference;
import org.roundel.api.inference.InferenceFactory;
import org.roundel.api.net.ShippedNet;
import org.roundel.kit.exporter.SampleNets;
import org.roundel.kit.rule.Subject;

/**
 * An inference under test.
 *
 * @param factory makes it
 * @param values the option values that differ from the default
 */
public record InferenceSubject(InferenceFactory factory, Map<String, String> values)
    implements Subject {

  Inference create(ShippedNet net) {
    return factory.create(net, options());
  }

  @Override
  public void tryOut(Options options) {
    InvalidInputException refused = null;
    for (ShippedNet net : SampleNets.all()) {
      try (Inference inference = factory.create(net, options)) {
        new SampleImages(net, 1).run(inference);
        return;
      } catch (InvalidInputException refusal) {
        refused = refusal;
      }
    }
    if (refused != null) {
      throw refused;
    }
  }
}
