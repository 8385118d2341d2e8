package org.roundel.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;

class UserPathTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"x", "a/b", "/a/b", "..", "../..", "../../x", "./x", "-", "a..b", "a b"})
  void aPathStaysAsItIs(String text) {
    assertThat(UserPath.of(text)).isEqualTo(Path.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void nothingIsNoPath(String text) {
    assertThatThrownBy(() -> UserPath.of(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "names no file or directory; give a path, or leave it out where it has a default");
  }

  @Test
  void whatNoPathMayHaveIsRefused() {
    assertThatThrownBy(() -> UserPath.of("a\0b"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("'a\\u0000b' is no path: Nul character not allowed");
  }

  @Test
  void detoursThatDoNotExistAreNotTaken() {
    assertThat(UserPath.of("nope/../x")).isEqualTo(Path.of("x").toAbsolutePath());
    assertThat(UserPath.of("a/./../x")).isEqualTo(Path.of("x").toAbsolutePath());
    assertThat(UserPath.of("/a/../../../x")).isEqualTo(Path.of("/x"));
  }

  @Test
  void whatLiesAboveALinkIsAboveItsTarget() throws IOException {
    Path target = Files.createDirectories(directory.resolve("far/target"));
    Files.createSymbolicLink(directory.resolve("link"), target);
    assertThat(UserPath.of(directory + "/link/../x"))
        .isEqualTo(target.getParent().toRealPath().resolve("x"));
  }
}
