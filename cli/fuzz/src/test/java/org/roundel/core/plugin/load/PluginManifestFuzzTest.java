package org.roundel.core.plugin.load;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.roundel.core.plugin.failure.PluginFault;
import org.roundel.fuzz.Hostile;
import org.roundel.fuzz.HostileFile;

class PluginManifestFuzzTest {
  private final Hostile reader =
      Hostile.reader("plugin manifest", 80 << 20, 500, PluginFault.class);
  private final HostileFile file = new HostileFile("plugin.jar");

  /** A whole JAR: the manifest up to the first zero byte, the services file behind it. */
  @DictionaryEntries({
    "Roundel-SPI-Version: ",
    "Implementation-Version: ",
    "\\x0D\\x0A ",
    "\\x00org.example.Plugin\\x0A",
    "#"
  })
  @FuzzTest
  void inspect(byte[] input) throws IOException {
    int end = 0;
    while (end < input.length && input[end] != 0) {
      end++;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
      zip.write(input, 0, end);
      zip.putNextEntry(new ZipEntry(JarInspector.SERVICES_FILE));
      zip.write(Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length));
    }
    Path path = file.with(bytes.toByteArray());
    reader.read(input.length, () -> JarInspector.inspect(path));
  }
}
