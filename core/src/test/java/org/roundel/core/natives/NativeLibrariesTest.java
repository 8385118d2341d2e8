package org.roundel.core.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class NativeLibrariesTest {
  @TempDir private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void loadsFromTheDirectoryOfTheBuildAndFromNowhereElse() throws IOException {
    NativeLibraries.load();
    Path natives = NativeLibraries.directory().orElseThrow().toRealPath();
    List<String> mapped = mapped("/lib(nd4jcpu|openblas|gomp)[^/]*");
    assertThat(mapped).hasSizeGreaterThanOrEqualTo(3);
    assertThat(mapped).allMatch(file -> Path.of(file).getParent().equals(natives));
  }

  @Test
  void whatIsWholePasses() throws IOException {
    write("libone.so", "12345");
    write("sizes.txt", "libone.so : 5\n");
    NativeLibraries.requireWhole(directory);
  }

  @Test
  void aDirectoryThatIsMissingIsNamed() {
    Path nowhere = directory.resolve("nowhere");
    assertThat(refusal(nowhere))
        .isEqualTo(
            "the installation is not whole: there is no "
                + nowhere.resolve("sizes.txt")
                + "; install Roundel again");
  }

  @Test
  void aLibraryThatIsMissingIsNamed() throws IOException {
    write("sizes.txt", "libone.so : 5\n");
    assertThat(refusal(directory))
        .isEqualTo(
            "the installation is not whole: there is no "
                + directory.resolve("libone.so")
                + "; install Roundel again");
  }

  /** It would not fail to load: reading past the end of a mapped file kills the process. */
  @Test
  void aLibraryThatWasCutShortIsRefusedBeforeItIsLoaded() throws IOException {
    write("libone.so", "123");
    write("sizes.txt", "libone.so : 5\n");
    assertThat(refusal(directory))
        .isEqualTo(
            "the installation is not whole: "
                + directory.resolve("libone.so")
                + " has 3 bytes of 5, as when a disk was full; install Roundel again");
  }

  @Test
  void whatTheSystemsLoaderSaysIsFollowedByTheWayOut() {
    assertThat(
            LoadFailure.message(
                Optional.of(Path.of("/opt/roundel/native")),
                new UnsatisfiedLinkError(
                    "/opt/roundel/native/libgomp.so.1: /opt/roundel/native/libgomp.so.1: failed to"
                        + " map segment from shared object")))
        .isEqualTo(
            "the native libraries in /opt/roundel/native cannot be loaded:"
                + " /opt/roundel/native/libgomp.so.1: failed to"
                + " map segment from shared object. Their file system is mounted noexec, which"
                + " forbids running code from it: move the installation to another.");
    assertThat(wayOut("x: failed to map segment from shared object: Cannot allocate memory"))
        .endsWith("raise its limit (ulimit -v).");
    assertThat(wayOut("x: /lib64/libc.so.6: version `GLIBC_2.27' not found (required by x)"))
        .endsWith("C library is too old for them: use a newer system.");
    assertThat(
            wayOut("x: libstdc++.so.6: cannot open shared object file: No such file or directory"))
        .endsWith("The system lacks that library: install its package.");
    assertThat(wayOut("x: wrong ELF class: ELFCLASS32"))
        .endsWith("Install Roundel again, for this operating system and processor.");
  }

  /** Returns the files that this process has mapped and whose names match; Linux only. */
  private static List<String> mapped(String pattern) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.matches(".*" + pattern))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .toList();
    }
  }

  private static String wayOut(String reason) {
    return LoadFailure.message(Optional.empty(), new UnsatisfiedLinkError(reason));
  }

  private static String refusal(Path directory) {
    RoundelException refused =
        catchThrowableOfType(RoundelException.class, () -> NativeLibraries.requireWhole(directory));
    assertThat(refused.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    return refused.getMessage();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }
}
