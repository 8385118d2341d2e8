package org.roundel.kit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.kit.dataset.DatasetRules;
import org.roundel.kit.dataset.DatasetSubject;
import org.roundel.kit.rule.Rule;

/**
 * What every {@link org.roundel.api.dataset.Dataset} keeps to. A plugin's test extends it, names
 * its factory and, where the dataset is made of files, writes a few small ones:
 *
 * <pre>{@code
 * class DigitsContractTest extends DatasetContract {
 *   @Override
 *   protected DatasetFactory factory() {
 *     return new DigitsFactory();
 *   }
 *
 *   @Override
 *   protected void prepare(Path directory) throws IOException {
 *     Files.writeString(directory.resolve("digits.csv"), "...");
 *   }
 * }
 * }</pre>
 */
public abstract class DatasetContract extends ComponentContract<DatasetSubject> {
  @TempDir Path directory;

  /** Returns the factory under test. */
  protected abstract DatasetFactory factory();

  /** Returns the values of options that differ from the default. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** Writes the dataset's files into an empty directory. The default writes none. */
  protected void prepare(Path directory) throws IOException {}

  @BeforeEach
  final void prepareDirectory() throws IOException {
    prepare(directory);
  }

  @Override
  final DatasetSubject subject() {
    return new DatasetSubject(factory(), options(), directory);
  }

  @Override
  final List<DatasetSubject> subjects() {
    return List.of(subject());
  }

  @Override
  final List<Rule<DatasetSubject>> rules() {
    return DatasetRules.all();
  }
}
