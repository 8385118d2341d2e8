package org.roundel.datasets.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileInputTest {
  @TempDir Path directory;

  @Test
  void givesWhatTheFileHolds() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "content");
    assertThat(FileInput.readAllBytes(file)).asString(UTF_8).isEqualTo("content");
    try (InputStream in = FileInput.open(file)) {
      assertThat(in.read()).isEqualTo('c');
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("ontent");
    }
  }

  /** A directory can be opened there, and fails to be read as a broken disk does. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFailedReadNamesTheFile() throws IOException {
    String message = directory + ": Is a directory";
    assertThatThrownBy(() -> FileInput.readAllBytes(directory))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(message);
    try (InputStream in = FileInput.open(directory)) {
      assertThatThrownBy(in::read).hasMessage(message);
      assertThatThrownBy(in::readAllBytes).hasMessage(message);
    }
  }

  @Test
  void aMissingFileIsToldAsMissing() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> FileInput.open(missing)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> FileInput.readAllBytes(missing))
        .isInstanceOf(NoSuchFileException.class);
  }
}
