package org.roundel.kit.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.kit.probe.Numbers;
import org.roundel.kit.rule.Subject;

/**
 * A dataset under test.
 *
 * @param factory makes it
 * @param values the option values that differ from the default
 * @param directory where the dataset's files are; nothing is written there
 */
public record DatasetSubject(DatasetFactory factory, Map<String, String> values, Path directory)
    implements Subject {

  /** Opens the dataset; the caller closes it. */
  Dataset open() throws IOException {
    return factory.create(options(), directory);
  }

  @Override
  public void tryOut(Options options) throws IOException {
    try (Dataset dataset = factory.create(options, directory)) {
      for (Split split : Split.values()) {
        Numbers.requireFinite(
            DatasetRules.read(dataset, split, 0, 1), "image 0 of the split " + split);
      }
    }
  }

  @Override
  public String optionsText() {
    return Subject.text(values) + (factory.needsDirectory() ? ", files in " + directory : "");
  }
}
