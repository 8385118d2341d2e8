package org.roundel.core.ship;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.ComponentKind;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.Selected;
import org.roundel.core.run.IoFailure;

/** Writes nets into files by exporters, and reads them back. */
public final class NetFiles {
  /** What every format can hold. */
  private static final int MOST_LEVELS = 256;

  private final PluginRegistry registry;

  public NetFiles(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Returns whether what a user names is a file that may hold a net, else it is a run's directory.
   *
   * @throws RoundelException if there is nothing
   */
  public static boolean isFile(Path source) {
    if (Files.notExists(source)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "there is neither a run directory nor an exported file " + source + ". Check the path.");
    }
    return !Files.isDirectory(source) && Files.exists(source);
  }

  /**
   * Where a net is to be written.
   *
   * @param format an exporter's name
   * @param options values of the exporter's options, by name
   * @param out the file
   * @param replace whether files that are there already are replaced
   */
  public record Target(String format, Map<String, String> options, Path out, boolean replace) {}

  /**
   * Writes a net. Either all files are there afterwards, or none is and what was there stays.
   *
   * @return the files, the one that was asked for first
   * @throws RoundelException if there is no such format, an option is not allowed, the format
   *     cannot hold the net, or a file cannot be written
   */
  public List<Path> write(ShippedNet net, Target target) {
    Selected<ExporterFactory> selected = registry.exporter(target.format());
    Exporter exporter =
        selected.create(factory -> factory.create(selected.options(target.options())));
    requireFewLevels(net);
    List<String> problems =
        selected.call("could not check the net", factory -> exporter.problems(net));
    if (!problems.isEmpty()) {
      throw refused(net, target.format(), problems);
    }
    try (StagedFiles files = new StagedFiles(target.out(), target.replace())) {
      return selected.call(
          "could not write the net to " + target.out(),
          factory -> {
            exporter.export(net, files);
            return files.publish();
          });
    } catch (IOException left) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "a temporary file beside "
              + target.out()
              + " could not be removed: "
              + IoFailure.reason(left)
              + ". Delete it by hand",
          left);
    }
  }

  private static void requireFewLevels(ShippedNet net) {
    for (Map.Entry<String, NetArray> array : net.arrays().entrySet()) {
      Levels levels = array.getValue().levels();
      if (levels != null && levels.count() > MOST_LEVELS) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            String.format(
                Locale.ROOT,
                "%s has %s levels; allowed: at most %s, which fit into 8 bits. Train with fewer:"
                    + " quantizer %s",
                array.getKey(),
                levels.count(),
                MOST_LEVELS,
                net.origin().quantizer()));
      }
    }
  }

  private RoundelException refused(ShippedNet net, String format, List<String> problems) {
    // With other options the format itself might; what it says tells which.
    List<String> others = new ArrayList<>();
    for (ComponentDescriptor component : registry.components()) {
      if (component.kind() == ComponentKind.EXPORTER
          && !component.isFamily()
          && !component.name().equals(format)
          && holds(component.name(), net)) {
        others.add(component.name());
      }
    }
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        format
            + " cannot hold this net: "
            + String.join("; ", problems)
            + (others.isEmpty()
                ? ". No format of these plugins can"
                : ". These formats can: " + String.join(", ", others)));
  }

  private boolean holds(String format, ShippedNet net) {
    Selected<ExporterFactory> selected = registry.exporter(format);
    return selected
        .call(
            "could not check the net",
            factory -> factory.create(selected.options(Map.of())).problems(net))
        .isEmpty();
  }

  /**
   * Reads a net back from a file.
   *
   * @throws RoundelException if there is no such file, no plugin can read it, or it is damaged
   */
  public ShippedNet read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION, IoFailure.noFile(file, ". Check the path"));
    }
    List<String> formats = new ArrayList<>();
    for (ComponentDescriptor component : registry.components()) {
      if (component.kind() == ComponentKind.EXPORTER && !component.isFamily()) {
        Optional<ShippedNet> net =
            registry
                .exporter(component.name())
                .call("could not read " + file, factory -> factory.read(file));
        if (net.isPresent()) {
          return net.get();
        }
        formats.add(component.name());
      }
    }
    throw new RoundelException(
        ErrorKind.CONFIGURATION,
        file
            + " is no file that this program can read a net from; asked were the formats "
            + (formats.isEmpty() ? "of no plugin" : String.join(", ", formats))
            + ". Name a run's directory, or a file that 'roundel export' wrote as safetensors");
  }
}
