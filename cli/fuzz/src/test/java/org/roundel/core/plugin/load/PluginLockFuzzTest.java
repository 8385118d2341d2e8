package org.roundel.core.plugin.load;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.roundel.core.RoundelException;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class PluginLockFuzzTest {
  private final Hostile reader =
      Hostile.reader("lock of plugins", 4 << 20, 100, RoundelException.class);
  private final HostileFile file = new HostileFile("plugins.lock");

  @DictionaryEntries({
    "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
    "  one.jar\\x0A",
    " *"
  })
  @FuzzTest
  void read(byte[] input) {
    Path path = file.with(input);
    reader.read(input.length, () -> PluginLock.read(path));
  }
}
