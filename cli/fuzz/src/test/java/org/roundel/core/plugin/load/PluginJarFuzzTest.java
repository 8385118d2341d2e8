package org.roundel.core.plugin.load;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import org.roundel.core.plugin.failure.PluginFault;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class PluginJarFuzzTest {
  private final Hostile reader = Hostile.reader("plugin JAR", 1 << 23, 100, PluginFault.class);
  private final HostileFile file = new HostileFile("plugin.jar");

  /** A file in the plugins directory, before a class of it is loaded. */
  @FuzzTest
  void inspect(byte[] input) {
    Path path = file.with(input);
    reader.read(input.length, () -> JarInspector.inspect(path));
  }
}
