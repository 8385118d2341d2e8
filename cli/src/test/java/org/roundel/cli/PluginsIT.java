package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program follows what lies in its plugins directory. */
class PluginsIT {
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

  @Test
  void forgetsAPluginThatIsDeletedAndFindsOneThatIsDroppedIn() throws Exception {
    Path jar = roundel.plugins().resolve("roundel-stochastic-rounding.jar");
    Path away = directory.resolve("away.jar");
    assertThat(names(roundel.run("list", "quantizer")))
        .containsExactly(
            "binary-connect",
            "binary-weight",
            "deterministic-rounding",
            "dorefa",
            "none",
            "stochastic-rounding",
            "ternary",
            "uniform");

    Files.move(jar, away);
    assertThat(names(roundel.run("list", "quantizer"))).doesNotContain("stochastic-rounding");
    Outcome missing = roundel.train("--quantizer=stochastic-rounding");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err()).startsWith("roundel: there is no quantizer 'stochastic-rounding'");

    Files.move(away, jar);
    assertThat(names(roundel.run("list", "quantizer"))).contains("stochastic-rounding");
  }

  @Test
  void loadsTheOthersAndRepeatsTheReasonWhenAskedForABrokenOne() throws Exception {
    Path jar = roundel.plugins().resolve("roundel-stochastic-rounding.jar");
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
    Files.createFile(roundel.plugins().resolve("empty.jar"));

    Outcome listed = roundel.run("list", "quantizer");
    assertThat(listed.exitCode()).isZero();
    assertThat(names(listed))
        .contains("binary-connect", "deterministic-rounding", "none")
        .doesNotContain("stochastic-rounding");
    assertThat(listed.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("roundel: warning: plugin " + roundel.plugins()))
        .anyMatch(line -> line.contains("empty.jar: "))
        .anyMatch(line -> line.contains("roundel-stochastic-rounding.jar: "));

    Outcome asked = roundel.train("--quantizer=stochastic-rounding");
    assertThat(asked.exitCode()).as("%s", asked).isEqualTo(4);
    assertThat(asked.err()).contains("\nroundel: ", "roundel-stochastic-rounding.jar");
  }

  private static List<String> names(Outcome listed) {
    return listed.out().lines().skip(1).map(line -> line.split(" +")[1]).toList();
  }
}
