package org.roundel.cli.command.ship;

import java.io.PrintStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.NetFiles;
import org.roundel.core.ship.ShippedRun;
import org.roundel.core.ship.ShippedRuns;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A trained net that the user names by a run's directory or an exported file. */
final class NetSource {
  private NetSource() {}

  /**
   * Reads the net.
   *
   * @param checkpoint of a run: newest, best, or a name; null for the newest
   * @param command that is told where it does not fit the source
   * @param notes where it is told what the user should know of a run
   */
  static ShippedNet read(
      PluginRegistry registry,
      Path source,
      @Nullable String checkpoint,
      CommandLine command,
      PrintStream notes) {
    if (NetFiles.isFile(source)) {
      if (checkpoint != null) {
        throw new ParameterException(
            command, "--checkpoint is of runs; " + source + " is a file, which holds one net");
      }
      return new NetFiles(registry).read(source);
    }
    ShippedRun run =
        new ShippedRuns(registry).read(source, checkpoint == null ? "newest" : checkpoint);
    run.notices().forEach(notice -> notes.println("note: " + notice));
    return run.net();
  }
}
