package org.roundel.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives every test an installation of its own, which goes when the test ends. */
public abstract class OwnInstallation {
  /** Holds the installation and what else the test needs. */
  @TempDir protected Path directory;

  /** What the test runs. */
  protected Installation roundel;

  /** Returns where to install: a directory that is there. */
  protected Path place() throws IOException {
    return directory;
  }

  @BeforeEach
  final void install() throws IOException {
    roundel = Installation.in(place());
  }

  @AfterEach
  final void remove() throws IOException, InterruptedException {
    roundel.remove();
  }
}
