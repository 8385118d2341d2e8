package org.roundel.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {
  @TempDir private Path directory;

  @Test
  void aDirectoryThatCanBeMadeIsNoProblem() {
    Finding finding = Places.writable("Runs", directory.resolve("a/b"), "x");
    assertThat(finding.text()).startsWith(directory.resolve("a/b") + " (not there yet), ");
    assertThat(finding.text()).endsWith(" free");
    assertThat(finding.problem()).isNull();
  }

  @Test
  void aFileWhereADirectoryShouldBeIsAProblem() throws IOException {
    Path file = Files.createFile(directory.resolve("runs"));
    assertThat(Places.writable("Runs", file.resolve("x"), "name another").problem())
        .isEqualTo("Nothing can be written in " + file + ": set that right, or name another.");
  }

  @Test
  void aFullDiskIsAProblem() {
    assertThat(Places.scarce(10_000_000, directory, "name another")).isNull();
    assertThat(Places.scarce(9_999_999, directory, "name another"))
        .isEqualTo("The disk of " + directory + " is full: free some of it, or name another.");
  }
}
