package org.roundel.cli.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.core.config.DataDirectory;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.report.terminal.Texts;

/** Where the program reads and writes. */
final class Places {
  /** The checkpoints of a small net take this. */
  private static final long LEAST_BYTES = 10_000_000;

  private Places() {}

  static List<Finding> findings(Path plugins, Supplier<PluginRegistry> loader) {
    return List.of(
        plugins(plugins, loader),
        writable(
            "Data",
            DataDirectory.usual("x").toAbsolutePath().getParent(),
            "name another place with --data-dir"),
        writable("Runs", Path.of("runs").toAbsolutePath(), "name another place with --run-dir"),
        writable(
            "Scratch",
            Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath(),
            "name another place with ROUNDEL_OPTS=-Djava.io.tmpdir=DIRECTORY"));
  }

  private static Finding plugins(Path directory, Supplier<PluginRegistry> loader) {
    String name = "Plugins";
    try (PluginRegistry registry = loader.get()) {
      int broken = registry.failures().size();
      int usable = registry.plugins().size();
      return new Finding(
          name,
          directory + ", " + usable + " can be used",
          broken == 0 ? null : broken + " cannot be used: see 'roundel plugin doctor'.");
    } catch (RoundelException unreadable) {
      return new Finding(name, directory.toString(), Finding.sentence(unreadable.getMessage()));
    }
  }

  /** Looks at a directory that there may not be yet. */
  static Finding writable(String name, Path directory, String elsewhere) {
    Path there = existing(directory);
    String text = directory + (there.equals(directory) ? "" : " (not there yet)");
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      return new Finding(
          name,
          text,
          "Nothing can be written in " + there + ": set that right, or " + elsewhere + ".");
    }
    try {
      FileStore disk = Files.getFileStore(there);
      return new Finding(
          name,
          text + ", " + Texts.bytes(disk.getUsableSpace()) + " free",
          scarce(disk.getUsableSpace(), there, elsewhere));
    } catch (IOException unknown) {
      return Finding.of(name, text);
    }
  }

  static @Nullable String scarce(long bytes, Path directory, String elsewhere) {
    return bytes >= LEAST_BYTES
        ? null
        : "The disk of " + directory + " is full: free some of it, or " + elsewhere + ".";
  }

  private static Path existing(Path directory) {
    Path there = directory;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }
}
