package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the packaged program says of itself and of the machine. */
class DoctorIT extends OwnInstallation {
  @Test
  void saysWhatAReportOfAFaultNeedsAndNoSecret() throws Exception {
    Outcome outcome = roundel.start(List.of("doctor"), "-Dpassword=hunter2").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith("roundel 0.1.0, plugin interface 1, in " + roundel.home().toRealPath() + "\n")
        .endsWith("\nNothing is in the way.\n")
        .contains("ROUNDEL_OPTS")
        .doesNotContain("hunter2");
    assertThat(outcome.out().lines().map(line -> line.split(" {2,}|(?<=Native code) ")[0]))
        .contains(
            "Java",
            "System",
            "Processor",
            "Memory",
            "Locale",
            "Variables",
            "Native code",
            "ND4J",
            "oneDNN",
            "OpenMP",
            "Plugins",
            "Data",
            "Runs",
            "Scratch");
    String text = outcome.out().replaceAll("\\s+", " ");
    assertThat(text)
        .containsPattern("ND4J 1\\.0\\.0-M2\\.1 built for [^;]+; 1 thread ")
        .containsPattern("oneDNN 3\\.11\\.\\d+, uses \\w+")
        // One, and the installation's own.
        .contains("OpenMP " + Installation.packaged().toRealPath() + "/native/libgomp.so.1 ")
        .containsPattern("Locale " + Pattern.quote(locale()) + "(,| \\(\\S+ taken instead)")
        .contains("Runs " + roundel.work().toRealPath().resolve("runs") + " (not there yet)");
  }

  private static String locale() {
    return Stream.of("LC_ALL", "LC_CTYPE", "LANG")
        .map(name -> Objects.requireNonNullElse(System.getenv(name), ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("C");
  }

  @Test
  void namesWhatIsInTheWay() throws Exception {
    Files.writeString(roundel.plugins().resolve("broken.jar"), "no JAR");
    Files.createFile(roundel.work().resolve("runs"));
    Outcome outcome = roundel.run("doctor");
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.out().replaceAll("\\s+", " "))
        .contains("- 1 cannot be used: see 'roundel plugin doctor'.")
        .contains(
            "- Nothing can be written in "
                + roundel.work().toRealPath().resolve("runs")
                + ": set that right, or name another place with --run-dir.");
    assertThat(outcome.err())
        .isEqualTo("roundel: 2 things are in the way; what to do stands above\n");
  }
}
