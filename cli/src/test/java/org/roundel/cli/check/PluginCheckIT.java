package org.roundel.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;

/**
 * Plugins that the program comes with pass its own check. The contract tests of each plugin's
 * module go through the same rules for all of them.
 */
class PluginCheckIT {
  @TempDir private Path directory;
  private Installation roundel;

  @BeforeEach
  void install() throws IOException {
    roundel = Installation.in(directory);
  }

  @AfterEach
  void remove() throws IOException, InterruptedException {
    roundel.remove();
  }

  @ParameterizedTest
  @CsvSource({
    "roundel-swalp.jar, 22, 0",
    "roundel-optimizers.jar, 84, 0",
    // Cifar-10, Cifar-100, Fashion-MNIST and image folders have no files here.
    "datasets, 54, 48"
  })
  void builtInPluginsPass(String file, int passed, int skipped) throws Exception {
    Outcome outcome =
        roundel.run(
            "plugin",
            "check",
            roundel.plugins().resolve(file).toString(),
            "--data-dir",
            directory.resolve("none").toString());
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out())
        .endsWith(": " + passed + " passed, 0 failed, " + skipped + " skipped\n");
  }
}
