package org.roundel.cli.command.ship;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.NetFiles;
import org.roundel.core.ship.ShippedRun;
import org.roundel.core.ship.ShippedRuns;

/** A trained net that the user names by a run's directory or an exported file. */
final class NetSource {
  private NetSource() {}

  /**
   * Reads the net.
   *
   * @param checkpoint of a run: newest, best, or a name
   * @param notes where it is told what the user should know of a run
   */
  static ShippedNet read(
      PluginRegistry registry, Path source, String checkpoint, PrintStream notes) {
    if (!Files.isDirectory(source) && Files.exists(source)) {
      return new NetFiles(registry).read(source);
    }
    ShippedRun run = new ShippedRuns(registry).read(source, checkpoint);
    run.notices().forEach(notice -> notes.println("note: " + notice));
    return run.net();
  }
}
