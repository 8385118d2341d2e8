package org.roundel.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.exporter.ExporterFactory;
import org.roundel.api.net.NormalizationFolding;
import org.roundel.api.net.ShippedNet;

/** Makes the exporter {@code safetensors}, and reads its files. */
final class SafetensorsFactory implements ExporterFactory {
  private static final Option<Boolean> FOLD =
      Option.flag(
          "fold",
          false,
          "batch normalisation as two vectors instead of four; smaller, and scores differ in the"
              + " last bits");

  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public String description() {
    return "packed bits and floats, a few bytes around them; read from Python in ten lines";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(FOLD);
  }

  @Override
  public Exporter create(Options options) {
    boolean fold = options.get(FOLD);
    return (net, files) ->
        PackedFile.of(fold ? NormalizationFolding.fold(net) : net).write(files.openMain());
  }

  @Override
  public Optional<ShippedNet> read(Path file) throws IOException {
    return PackedReader.read(file);
  }
}
