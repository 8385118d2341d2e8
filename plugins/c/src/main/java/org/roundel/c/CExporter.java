package org.roundel.c;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.api.exporter.Exporter;
import org.roundel.api.net.NormalizationFolding;
import org.roundel.api.net.ShippedNet;

/** Writes a header of the net, batch normalisation folded, and beside it the one that runs it. */
final class CExporter implements Exporter {
  private static final String INTERPRETER = "roundel.h";

  private final boolean normalise;

  /**
   * Makes an exporter.
   *
   * @param normalise whether images are pixels of a byte each
   */
  CExporter(boolean normalise) {
    this.normalise = normalise;
  }

  @Override
  public List<String> problems(ShippedNet net) {
    return HoldableNets.problems(NormalizationFolding.fold(net), normalise);
  }

  @Override
  public void export(ShippedNet net, ExportFiles files) throws IOException {
    Prefix prefix = Prefix.of(files.mainName());
    String header = new NetHeader(NormalizationFolding.fold(net), prefix, normalise).text();
    try (OutputStream out = files.openMain()) {
      out.write(header.getBytes(StandardCharsets.US_ASCII));
    }
    try (InputStream interpreter =
            Objects.requireNonNull(CExporter.class.getResourceAsStream(INTERPRETER));
        OutputStream out = files.openBeside(INTERPRETER)) {
      interpreter.transferTo(out);
    }
  }
}
