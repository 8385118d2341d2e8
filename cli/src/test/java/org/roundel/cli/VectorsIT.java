package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged program with Java's optimizing compiler, whose kernels compute in vectors. */
@Tag("thorough")
class VectorsIT extends OwnInstallation {
  private static final String WEIGHTS = "weights.safetensors";

  /** Three epochs of 60 updates. */
  private static final List<String> LONGER =
      Installation.TINY_RUN.stream()
          .map(word -> word.replace("train-size=96", "train-size=240"))
          .toList();

  @BeforeEach
  void optimize() {
    roundel.optimize();
  }

  /** The same net by other kernels is another in its last bits, and resuming says so. */
  @Test
  @Timeout(300)
  void aRunThatWasStoppedEndsWithTheSameBytesOrSaysThatTheEngineIsAnother() throws Exception {
    succeed(start("whole", "--threads=2"));
    Installation.Running stopped = start("stopped", "--threads=2");
    stopped.awaitLine(" 1/3");
    stopped.signal("INT");
    Outcome outcome = stopped.end();
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(130);
    assertThat(outcome.err()).doesNotContain("incubator");
    Path other = roundel.work().resolve("other");
    Installation.copy(roundel.work().resolve("stopped"), other);
    succeed(roundel.start(List.of("resume", "stopped"), ""));

    assertThat(last("stopped")).hasSameBinaryContentAs(last("whole"));
    String manifest = Files.readString(roundel.work().resolve("stopped/manifest.json"));
    assertThat(manifest)
        .containsPattern("\"engine\" : \"oneDNN 3.* bits: .*convolution")
        .doesNotContain("\"differences\"");

    Outcome resumed = roundel.start(List.of("resume", "other"), "-XX:TieredStopAtLevel=1").end();
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
    assertThat(resumed.out() + resumed.err()).contains("engine: oneDNN 3.", " then, oneDNN 3.");
  }

  /** Java's line on the module is of no use to anybody; all else that Java says is. */
  @Test
  void whatJavaSaysReachesTheUserButForTheModule() throws Exception {
    String train =
        "JAVA_TOOL_OPTIONS=-Dsome.word=x '"
            + roundel.home().resolve("bin/roundel")
            + "' train --epochs=1 --run-dir=RUN "
            + String.join(
                " ",
                Installation.TINY_RUN.stream().filter(word -> !word.contains("epochs")).toList());
    String picked = "Picked up JAVA_TOOL_OPTIONS: -Dsome.word=x\n";
    Path file = directory.resolve("err.txt");
    assertThat(shell(train.replace("RUN", "one") + " 2> '" + file + "' > /dev/null")).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(picked);
    assertThat(shell(train.replace("RUN", "two") + " 2>&1 > /dev/null | cat")).isEqualTo(picked);
    // It did compute in vectors.
    assertThat(Files.readString(roundel.work().resolve("two/manifest.json")))
        .containsPattern(" bits: .*convolution");
  }

  /** As where a script or a job writes all into one log: nobody writes over what another wrote. */
  @Test
  void bothStreamsAndOthersMayShareAFile() throws Exception {
    String program = "'" + roundel.home().resolve("bin/roundel") + "'";
    Path file = directory.resolve("log.txt");
    shell(
        "{ echo before; "
            + program
            + " evaluate nowhere; echo between; "
            + program
            + " work --help; "
            + program
            + " work nowhere; echo after; } > '"
            + file
            + "' 2>&1");
    assertThat(Files.readString(file))
        .startsWith(
            "before\n"
                + "roundel: there is neither a run directory nor an exported file nowhere. Check the"
                + " path.\n"
                + "between\n")
        .endsWith("\nroundel: there is no directory nowhere. Check the path.\nafter\n");
  }

  private String shell(String command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.directory(roundel.work().toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("ROUNDEL_OPTS");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private Installation.Running start(String directory, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("train"));
    words.addAll(LONGER);
    words.add("--run-dir=" + directory);
    words.addAll(List.of(more));
    return roundel.start(words, "");
  }

  private static void succeed(Installation.Running running) throws Exception {
    Outcome outcome = running.end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
  }

  private Path last(String run) {
    return roundel.work().resolve(run).resolve("checkpoints/step-000000180").resolve(WEIGHTS);
  }
}
