package org.roundel.cli.command.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.ExamplePlugin;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;
import org.roundel.core.plugin.PluginRegistry;

/** The lock is written, and every command that loads plugins keeps to it. */
class PluginLockCommandTest {
  @TempDir Path directory;
  private Path plugins;
  private Path file;
  private InProcess roundel;
  private int loaded;

  @BeforeEach
  void install() throws IOException {
    Path home = directory.resolve("home");
    plugins = Files.createDirectories(home.resolve("plugins"));
    file = directory.resolve("plugins.lock");
    Files.writeString(plugins.resolve("one.jar"), "one");
    roundel =
        InProcess.with(
            home,
            place -> {
              loaded++;
              return PluginRegistry.of(new ExamplePlugin());
            });
  }

  private void lock() {
    Outcome written = roundel.run("plugin", "lock", file.toString());
    assertThat(written.exitCode()).as("%s", written).isZero();
    assertThat(written.out()).isEqualTo(file + " allows the 1 JAR of " + plugins + "\n");
    assertThat(loaded).isZero();
  }

  @Test
  void loadsWhatTheLockAllows() {
    lock();
    Outcome listed = roundel.run("list", "--plugins-lock", file.toString());
    assertThat(listed.exitCode()).as("%s", listed).isZero();
    assertThat(loaded).isEqualTo(1);
  }

  @Test
  void everyCommandThatLoadsPluginsRefusesOthersBeforeItLoadsAny() throws IOException {
    lock();
    Files.writeString(plugins.resolve("one.jar"), "other");
    for (List<String> command :
        List.of(
            List.of("list"),
            List.of("describe", "binary-connect"),
            List.of("plugin", "doctor"),
            List.of("train"),
            List.of("summary", "resnet-8"),
            List.of("data", "list"))) {
      List<String> arguments = new ArrayList<>(command);
      arguments.addAll(List.of("--plugins-lock", file.toString()));
      Outcome refused = roundel.run(arguments.toArray(String[]::new));
      assertThat(refused.exitCode()).as("%s %s", command, refused).isEqualTo(4);
      assertThat(refused.err())
          .startsWith("roundel: the lock " + file + " does not allow what is in " + plugins)
          .contains("one.jar has the SHA-256 ", "No plugin was loaded.");
    }
    assertThat(loaded).isZero();
  }

  /** Whoever reads the lock behind a link would go on with the old one. */
  @Test
  void aLinkOrAPipeIsNotReplaced() throws IOException {
    lock();
    String before = Files.readString(file);
    Files.writeString(plugins.resolve("one.jar"), "other");
    Path link = Files.createSymbolicLink(directory.resolve("link.lock"), file);
    Path pipe = directory.resolve("pipe.lock");
    Process process = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    assertThat(process.onExit().join().exitValue()).isZero();
    for (Path taken : List.of(link, pipe, plugins)) {
      Outcome refused = roundel.run("plugin", "lock", taken.toString());
      assertThat(refused.exitCode()).as("%s", refused).isEqualTo(3);
      assertThat(refused.err())
          .contains(taken + " is a directory, a link, a pipe or a device, which is not replaced");
    }
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
    assertThat(file).hasContent(before);
  }

  @Test
  void aFileThatIsNoLockIsAMistakeOfTheConfiguration() throws IOException {
    Files.writeString(file, "no lock");
    Outcome refused = roundel.run("list", "--plugins-lock", file.toString());
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(3);
    assertThat(loaded).isZero();
  }
}
