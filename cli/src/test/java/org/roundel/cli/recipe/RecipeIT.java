package org.roundel.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.roundel.cli.InProcess;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;

/** The recipes of the distribution, with its plugins. */
class RecipeIT {
  @Test
  void thePluginsTakeEveryOne() {
    Path home = Installation.packaged();
    List<String> names = Recipes.of(home).names();
    assertThat(names).hasSize(18);
    for (String name : names) {
      Outcome outcome =
          InProcess.installedIn(home).run("train", "--recipe", name, "--print-config");
      assertThat(outcome.err()).as(name).isEmpty();
      assertThat(outcome.out()).as(name).contains("optimizer.decay: weights\n", "model: ");
    }
  }
}
