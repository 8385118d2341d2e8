package org.roundel.cli.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a processor calls itself.
 *
 * @param model its name
 * @param lacksAvx2 whether it says what it can do, and AVX2 is not among that
 */
record Processor(String model, boolean lacksAvx2) {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  static Processor read() {
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    String model = windows == null ? System.getProperty("os.arch") : windows;
    if (!Files.isReadable(LINUX)) {
      return new Processor(model, false);
    }
    try (BufferedReader lines = Files.newBufferedReader(LINUX)) {
      return of(lines, model);
    } catch (IOException unreadable) {
      return new Processor(model, false);
    }
  }

  /** Reads what Linux says of the first processor; those of one machine are alike. */
  static Processor of(BufferedReader lines, String unknown) throws IOException {
    String model = unknown;
    boolean lacksAvx2 = false;
    for (String line = lines.readLine(); line != null && !line.isBlank(); line = lines.readLine()) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      if (line.startsWith("model name")) {
        model = value;
      } else if (line.startsWith("flags")) {
        lacksAvx2 = !(" " + value + " ").contains(" avx2 ");
      }
    }
    return new Processor(model, lacksAvx2);
  }
}
