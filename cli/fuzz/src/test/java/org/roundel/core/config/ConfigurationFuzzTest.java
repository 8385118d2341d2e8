package org.roundel.core.config;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.roundel.core.RoundelException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class ConfigurationFuzzTest {
  private final Hostile reader =
      Hostile.reader("configuration, YAML", 1 << 22, 2500, RoundelException.class);
  private final HostileFile file = new HostileFile("config.yaml");

  /** The file, then each of its values; what is read is written and read again. */
  @DictionaryEntries({
    "quantizer: ",
    "quantizer.bits: 2",
    "learning-rate: 1e-3",
    "epochs: ",
    "seed: ",
    "run-dir: ",
    "- ",
    "? ",
    "!!",
    "&a",
    "*a",
    "---\\x0A",
    "%YAML 1.1",
    "|+\\x0A"
  })
  @FuzzTest
  void yaml(byte[] input) {
    Path path = file.with(input);
    reader.read(
        input.length,
        () -> {
          var values = ConfigurationFile.readYaml(path);
          var configuration = RunConfiguration.of(values);
          Path written = path.resolveSibling("written.yaml");
          Files.writeString(written, ConfigurationFile.toYaml(configuration.resolved()));
          var again = RunConfiguration.of(ConfigurationFile.readYaml(written));
          if (!configuration.changesTo(again).isEmpty()) {
            throw new AssertionError(
                "read, written and read again: " + configuration.changesTo(again));
          }
        });
  }
}
