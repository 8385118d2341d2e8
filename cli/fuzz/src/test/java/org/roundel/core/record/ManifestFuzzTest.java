package org.roundel.core.record;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.roundel.core.RoundelException;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.fuzz.CheckedDocument;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class ManifestFuzzTest {
  private static final int CHECKED = 3;

  private final Hostile reader = Hostile.reader("manifest", 1 << 22, 500, RoundelException.class);
  private final HostileFile file = new HostileFile("manifest.json");

  /** As a run that goes on reads it, then as a configuration for another run. */
  @DictionaryEntries({
    "\"configuration\":{",
    "\"changes\":[",
    "\"epoch\":1",
    "\"step\":",
    "\"teacher\":{",
    "\"sessions\":[",
    "\"machine\":{",
    "\"components\":{"
  })
  @FuzzTest
  void read(byte[] input) {
    Path path = file.with(CheckedDocument.mended(input, CHECKED));
    reader.read(
        input.length,
        () -> {
          RunManifest manifest = RunManifest.read(path);
          manifest.configurations().last().resolved();
          manifest.with(manifest.configurations()).toJson();
        });
    reader.read(
        input.length, () -> RunConfiguration.of(ConfigurationFile.readManifest(path)).resolved());
  }
}
