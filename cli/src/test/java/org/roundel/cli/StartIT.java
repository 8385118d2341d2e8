package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged program starts, and starts lightly. */
class StartIT extends OwnInstallation {
  @Test
  void answersWithoutLoadingNativeCode() throws Exception {
    for (String command : List.of("--version", "list")) {
      assertThat(classesOf(command))
          .contains("org.roundel.cli.Main ")
          .doesNotContain(
              "org.nd4j.linalg.factory.Nd4j ",
              "org.bytedeco.javacpp.Loader ",
              "com.google.inject.");
    }
    assertThat(roundel.run("--version").out()).startsWith("roundel 0.1.0\n");
  }

  /** Reading how to log, or building commands that nobody asks for, takes longer than to help. */
  @Test
  void helpsWithoutReadingHowToLogAndWithoutOtherCommandsOptions() throws Exception {
    assertThat(classesOf("--help"))
        .contains("org.roundel.cli.command.reproduce.ReproduceCommand ")
        .doesNotContain("ch.qos.logback.", "org.roundel.cli.command.reproduce.ReproduceOptions ");
  }

  @Test
  void takesTheClassesThatTheBuildPreparedWhereItWasBuilt() throws Exception {
    assertThat(classesOf("--version"))
        .containsPattern("org.roundel.cli.Main source: shared objects file .top.");
    Path lib = roundel.home().resolve("lib");
    Files.delete(lib);
    Files.createDirectory(lib);
    try (Stream<Path> files = Files.list(Installation.packaged().resolve("lib"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, lib.resolve(file.getFileName()));
      }
    }
    assertThat(classesOf("--version")).containsPattern("org.roundel.cli.Main source: file:");
  }

  /** Java maps it before it looks at it, and is killed by what is not there. */
  @Test
  void passesOverAnArchiveOfClassesThatWasCutShort() throws Exception {
    Path lib = roundel.home().resolve("lib");
    Files.delete(lib);
    Files.createDirectory(lib);
    try (Stream<Path> files = Files.list(Installation.packaged().resolve("lib"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.createSymbolicLink(lib.resolve(file.getFileName()), file);
      }
    }
    Path archive = onlyArchive(lib);
    assertThat(flags()).contains(archive.getFileName().toString());
    byte[] whole = Files.readAllBytes(archive);
    Files.delete(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
    assertThat(flags()).startsWith("-XX:").doesNotContain(".jsa");
  }

  private static Path onlyArchive(Path lib) throws IOException {
    try (Stream<Path> files = Files.list(lib)) {
      List<Path> archives = files.filter(file -> file.toString().endsWith(".jsa")).toList();
      assertThat(archives).hasSize(1);
      return archives.get(0);
    }
  }

  private String flags() throws IOException, InterruptedException {
    Outcome outcome = roundel.start(List.of("--version"), "-XX:+PrintCommandLineFlags").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    return outcome.out();
  }

  /** Returns which classes a command loaded, and from where. */
  private String classesOf(String command) throws IOException, InterruptedException {
    Path log = directory.resolve("classes.log");
    Outcome outcome = roundel.start(List.of(command), "-Xlog:class+load:file=" + log).end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    return Files.readString(log);
  }

  @Test
  void writesACompletionScriptThatBashUnderstands() throws Exception {
    Outcome outcome = roundel.run("completion");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    Path script = directory.resolve("completion.sh");
    Files.writeString(script, outcome.out());
    assertThat(bash("bash -n '" + script + "'")).isEmpty();
    assertThat(complete(script, "roundel", "tr")).containsExactly("train");
    assertThat(complete(script, "roundel", "train", "--quantizer", "stoch"))
        .containsExactly("stochastic-rounding");
    assertThat(complete(script, "roundel", "list", "quan")).containsExactly("quantizer");
  }

  @Test
  void saysThatItsOutputIsLost() throws Exception {
    for (String command : List.of("--version", "list", "help train", "completion")) {
      assertThat(bash(roundelIn(command + " > /dev/full; echo $?")))
          .as(command)
          .isEqualTo(
              "roundel: standard output cannot be written: No space left on device. What was to be"
                  + " printed is lost, in part or whole; free space, or send it elsewhere\n3\n");
    }
    assertThat(bash(roundelIn("lst > /dev/full; echo $?"))).endsWith("\n2\n");
    assertThat(bash(roundelIn("completion | head -n 1; echo ${PIPESTATUS[0]}")))
        .isEqualTo("#!/usr/bin/env bash\n0\n");
  }

  private String roundelIn(String command) {
    return "export JAVA_HOME='"
        + System.getProperty("java.home")
        + "'; '"
        + roundel.home().resolve("bin/roundel")
        + "' "
        + command;
  }

  /** Completes the last word as bash does when the user presses the tabulator key. */
  private static List<String> complete(Path script, String... words) throws Exception {
    String answer =
        bash(
            "source '"
                + script
                + "'; compopt() { :; }; COMP_WORDS=("
                + String.join(" ", words)
                + "); COMP_CWORD="
                + (words.length - 1)
                + "; _complete_roundel; echo ${COMPREPLY[@]}");
    return List.of(answer.strip().split(" +"));
  }

  private static String bash(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
