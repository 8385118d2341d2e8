package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program where native code cannot be put, or cannot be run. */
@Tag("thorough")
class NativePlacesIT extends OwnInstallation {
  /** No system gives it to anybody, so it has no name and no home. */
  private static final String NOBODY = "71234";

  /** What fills, forbids or lacks a home does no harm: nothing is put there. */
  @Test
  void nothingIsUnpackedAndAHomeThatCannotBeUsedDoesNoHarm() throws Exception {
    for (String home : List.of("?", "/dev/full/home")) {
      List<String> training = new ArrayList<>(List.of("train", "--run-dir", "run"));
      training.addAll(Installation.TINY_RUN);
      Outcome outcome = roundel.start(training, "-Duser.home=" + home).end();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
      try (Stream<Path> files = Files.list(roundel.work())) {
        assertThat(files).containsExactly(roundel.work().resolve("run"));
      }
      deleteAll(roundel.work().resolve("run"));
    }
  }

  @Test
  void anInstallationThatWasCutShortIsRefusedInOneSentence() throws Exception {
    Path natives = ownNatives("libnd4jcpu.so");
    Path cut = natives.resolve("libnd4jcpu.so");
    try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
      file.setLength(1000);
    }
    Outcome training = roundel.train();
    assertThat(training.exitCode()).as("%s", training).isEqualTo(3);
    String problem = training.err();
    assertGolden("native-cut-short", problem);
    Outcome check =
        roundel.run("plugin", "check", roundel.plugins().resolve("roundel-uniform.jar").toString());
    assertThat(check.exitCode()).as("%s", check).isEqualTo(3);
    assertThat(check.err()).isEqualTo(problem);
    Outcome doctor = roundel.run("doctor");
    assertThat(doctor.exitCode()).as("%s", doctor).isEqualTo(3);
    assertThat(doctor.out().replaceAll("\\s+", " "))
        .contains(problem.strip().replace("roundel: t", "- T") + ".");
    assertThat(doctor.err())
        .isEqualTo("roundel: one thing is in the way; what to do stands above\n");
  }

  @Test
  void aFileSystemThatForbidsRunningCodeIsNamed() throws Exception {
    Path natives = Installation.packaged().resolve("native").toRealPath();
    Path mounted = Files.createDirectory(directory.resolve("noexec"));
    Files.delete(roundel.home().resolve("native"));
    Files.createSymbolicLink(roundel.home().resolve("native"), mounted);
    String mount =
        "mount --bind '"
            + natives
            + "' '"
            + mounted
            + "' && mount -o remount,bind,noexec '"
            + mounted
            + "'";
    requireAllowed("mounting", "unshare", "--mount", "sh", "-c", mount);
    Outcome outcome =
        run(
            "unshare",
            "--mount",
            "sh",
            "-c",
            mount + " && exec '" + roundel.home().resolve("bin/roundel") + "' bench --steps 1");
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertGolden("native-noexec", outcome.err());
  }

  /** One set for all users: who has no name, no home and may write nothing there can train. */
  @Test
  void aUserWithoutANameWhoMayWriteNothingInTheInstallationTrains() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(roundel.work(), PosixFilePermissions.fromString("rwxrwxrwx"));
    Path program = roundel.home().resolve("bin/roundel");
    List<String> nobody =
        List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
    String reach =
        "test -r '"
            + roundel.home().resolve("native/sizes.txt")
            + "' && test -x '"
            + program
            + "' && test -x '"
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + "'";
    requireAllowed("reading as another user", with(nobody, "sh", "-c", reach));
    List<String> command = new ArrayList<>(nobody);
    command.addAll(List.of(program.toString(), "train", "--run-dir", "run"));
    command.addAll(Installation.TINY_RUN);
    Outcome outcome = run(command.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    try (Stream<Path> files = Files.list(roundel.work())) {
      assertThat(files).containsExactly(roundel.work().resolve("run"));
    }
  }

  private void assertGolden(String name, String message) throws IOException {
    String everywhere =
        message
            .replace(directory.toRealPath().resolve("noexec").toString(), "DIR/native")
            .replace(roundel.home().toRealPath().toString(), "DIR")
            .replaceFirst("bytes of \\d+", "bytes of TOTAL");
    Golden.assertGolden(name, everywhere);
  }

  /** Gives the installation a directory of links, and a copy of one library to damage. */
  private Path ownNatives(String copied) throws IOException {
    Path packaged = Installation.packaged().resolve("native").toRealPath();
    Path natives = roundel.home().resolve("native");
    Files.delete(natives);
    Files.createDirectory(natives);
    try (Stream<Path> libraries = Files.list(packaged)) {
      for (Path library : (Iterable<Path>) libraries::iterator) {
        Path own = natives.resolve(library.getFileName());
        if (library.endsWith(copied)) {
          Files.createFile(own);
        } else {
          Files.createSymbolicLink(own, library);
        }
      }
    }
    return natives;
  }

  private static String[] with(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Says aloud what was not tested, where a test needs what this user may not do. */
  private void requireAllowed(String what, String... command) throws Exception {
    Outcome outcome;
    try {
      outcome = run(command);
    } catch (IOException missing) {
      outcome = new Outcome(-1, "", missing.getMessage());
    }
    if (outcome.exitCode() != 0) {
      String message = "NOT TESTED, for " + what + " is not allowed here: " + outcome.err().strip();
      System.err.println(message);
      abort(message);
    }
  }

  private Outcome run(String... command) throws IOException, InterruptedException {
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(roundel.work().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().remove("HOME");
    Process process = builder.start();
    int exitCode = process.waitFor();
    return new Outcome(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted((left, right) -> right.compareTo(left)).toList()) {
        Files.delete(file);
      }
    }
  }
}
