package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.roundel.core.Golden.assertGolden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class PluginLockTest {
  /** {@code printf one | sha256sum}. */
  private static final String SHA256_OF_ONE =
      "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed";

  @TempDir private Path directory;
  private Path plugins;
  private Path file;

  @BeforeEach
  void makePlugins() throws IOException {
    plugins = Files.createDirectory(directory.resolve("plugins"));
    file = directory.resolve("plugins.lock");
    Files.createDirectory(plugins.resolve("two"));
    Files.writeString(plugins.resolve("one.jar"), "one");
    Files.writeString(plugins.resolve("two/library.jar"), "library");
    Files.writeString(plugins.resolve("two/two.jar"), "two");
    Files.writeString(plugins.resolve("README.txt"), "no plugin");
    PluginLock.of(plugins).write(file);
  }

  private RoundelException refusal() {
    RoundelException refusal =
        catchThrowableOfType(
            RoundelException.class, () -> PluginLock.read(file).require(plugins, file));
    assertThat(refusal).as("refusal").isNotNull();
    return refusal;
  }

  private void assertMessage(String golden, RoundelException refusal) {
    assertGolden(golden, String.valueOf(refusal.getMessage()), Map.of(directory.toString(), "DIR"));
  }

  @Test
  void writesWhatSha256sumReads() throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(PluginLock.of(plugins).size()).hasSize(3);
    assertThat(lines.get(0)).isEqualTo(SHA256_OF_ONE + "  one.jar");
    assertThat(lines.get(1)).endsWith("  two/library.jar");
    assertThat(lines.get(2)).endsWith("  two/two.jar");
  }

  @Test
  void allowsWhatItWasWrittenFor() throws IOException {
    PluginLock lock = PluginLock.read(file);
    assertThatNoException().isThrownBy(() -> lock.require(plugins, file));
    Files.delete(plugins.resolve("one.jar"));
    assertThatNoException().isThrownBy(() -> lock.require(plugins, file));
  }

  @Test
  void refusesWhatCameAndWhatChanged() throws IOException {
    Files.writeString(plugins.resolve("came.jar"), "came");
    Files.writeString(plugins.resolve("two/library.jar"), "one");
    RoundelException refusal = refusal();
    assertThat(refusal.kind()).isEqualTo(ErrorKind.PLUGIN);
    assertMessage("plugin/lock-refuses", refusal);
  }

  /** A lock names places, too: an old JAR may be allowed as one plugin and not as another. */
  @Test
  void refusesAnAllowedJarInAnotherPlace() throws IOException {
    Files.move(plugins.resolve("one.jar"), plugins.resolve("other.jar"));
    assertThat(refusal())
        .hasMessageContaining("other.jar has the SHA-256 " + SHA256_OF_ONE + " and is not in");
  }

  @Test
  void namesTheFirstOfManyThatAreRefused() throws IOException {
    for (int index = 1; index <= 8; index++) {
      Files.writeString(plugins.resolve("came-" + index + ".jar"), "came");
    }
    assertThat(refusal())
        .hasMessageContaining("came-5.jar has")
        .hasMessageContaining("; and 3 more. No plugin was loaded.")
        .message()
        .doesNotContain("came-6.jar");
  }

  /** The message of a short list ends with it. */
  @Test
  void namesAllOfAFewThatAreRefused() throws IOException {
    for (int index = 1; index <= 5; index++) {
      Files.writeString(plugins.resolve("came-" + index + ".jar"), "came");
    }
    assertThat(refusal())
        .hasMessageContaining("came-5.jar has")
        .hasMessageContaining(" and is not in the lock. No plugin was loaded.")
        .message()
        .doesNotContain("more.");
    Files.writeString(plugins.resolve("came-6.jar"), "came");
    assertThat(refusal()).hasMessageContaining("; and 1 more. No plugin was loaded.");
  }

  @Test
  void readsAFileUpToItsLimit() throws IOException {
    String start = SHA256_OF_ONE + "  ";
    int room = (1 << 20) - (int) Files.size(file) - start.length() - 1;
    String longest = "x".repeat(room - ".jar".length()) + ".jar\n";
    Files.writeString(file, start + longest, StandardOpenOption.APPEND);
    assertThat(file).hasSize(1 << 20);
    PluginLock lock = PluginLock.read(file);
    assertThat(lock.size()).isEqualTo(4);
    assertThatNoException().isThrownBy(() -> lock.require(plugins, file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no lock",
        "7692C3AD3540BB803C020B3AEE66CD8887123234EA0C6E7143C0ADD73FF431ED  one.jar",
        "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  ",
        "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431e  one.jar"
      })
  void saysWhichLineIsNone(String line) throws IOException {
    Files.writeString(file, SHA256_OF_ONE + "  one.jar\n" + line + "\n");
    RoundelException refusal = refusal();
    assertThat(refusal.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(refusal).hasMessageContaining("has in line 2 '" + line + "'; allowed: 64 lower");
  }

  @Test
  void noPipeIsWaitedFor() throws Exception {
    Path pipe = plugins.resolve("pipe.jar");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> assertThat(refusal()).hasMessageContaining("(it is a pipe or a device)"));
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws IOException {
    Files.writeString(file, "");
    assertMessage("plugin/lock-empty", refusal());
    Files.writeString(file, "no lock\n");
    assertMessage("plugin/lock-malformed", refusal());
    Files.writeString(file, (SHA256_OF_ONE + "  one.jar\n").repeat(2));
    assertMessage("plugin/lock-twice", refusal());
    Files.write(file, new byte[(1 << 20) + 1]);
    assertMessage("plugin/lock-too-large", refusal());
    Files.delete(file);
    assertMessage("plugin/lock-missing", refusal());
  }
}
