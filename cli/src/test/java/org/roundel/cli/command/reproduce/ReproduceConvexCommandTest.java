package org.roundel.cli.command.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.cli.ExamplePlugin;
import org.roundel.cli.Golden;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.core.plugin.PluginRegistry;

class ReproduceConvexCommandTest {
  private final InProcess roundel =
      InProcess.with(directory -> PluginRegistry.of(new ExamplePlugin()));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "seeds; --seeds=1",
        "delta; --delta=0.5,0",
        "dimension; --dimension=0",
        "noise; --noise=-1",
        "steps; --steps=99",
        "work; --steps=1000000 --dimension=16,100000",
        "not-a-number; --delta=half"
      })
  void valuesOutsideTheirRangeAreRefused(String name, String arguments) throws IOException {
    Outcome outcome = run(arguments);
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    Golden.assertGolden("reproduce-convex-" + name, outcome.err());
  }

  @Test
  void withoutTheImagesItSaysWhatIsMissing() throws IOException {
    Outcome outcome = run("--seeds=2");
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.out()).isEmpty();
    Golden.assertGolden("reproduce-convex-without-images", outcome.err());
  }

  @Test
  void helpFitsTheTerminal() {
    Outcome help = run("--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(help.out()).contains("--delta", "--dimension", "--noise", "--steps", "--seed");
  }

  private Outcome run(String arguments) {
    return roundel.run(("reproduce convex " + arguments).split(" ", -1));
  }
}
