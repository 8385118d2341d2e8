package org.roundel.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;

/**
 * Plugins that the program comes with pass its own check. The contract tests of each plugin's
 * module go through the same rules for all of them.
 */
class PluginCheckIT extends OwnInstallation {
  @ParameterizedTest
  @CsvSource({
    "roundel-swalp.jar, 22, 0",
    "roundel-optimizers.jar, 122, 0",
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
