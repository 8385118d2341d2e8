package org.roundel.cli.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.roundel.c.CompiledNet;

/**
 * A library in C that Linux loads before a program's own, so that the program need know nothing of
 * it. Where there is no gcc, a test that asks for one is skipped; with {@code -Dcompiler=required}
 * it fails.
 */
final class Preloaded {
  /** The variable by which it is asked for. */
  static final String VARIABLE = "LD_PRELOAD";

  private Preloaded() {}

  /**
   * Compiles one of the sources among the resources of this package.
   *
   * @param directory where the library goes
   * @return the library
   */
  static Path compile(String name, Path directory) throws IOException {
    if (!System.getProperty("os.name").equals("Linux")) {
      Assumptions.abort("DID NOT RUN: only Linux loads a library before a program's own");
    }
    CompiledNet.require("gcc");
    Path source = directory.resolve(name + ".c");
    try (InputStream in = Preloaded.class.getResourceAsStream(name + ".c")) {
      Files.copy(in, source);
    }
    Path library = directory.resolve(name + ".so");
    CompiledNet.run(
        directory,
        List.of(
            "gcc",
            "-shared",
            "-fPIC",
            "-O2",
            "-Wall",
            "-Wextra",
            "-Werror",
            source.toString(),
            "-o",
            library.toString(),
            "-lpthread"));
    return library;
  }
}
