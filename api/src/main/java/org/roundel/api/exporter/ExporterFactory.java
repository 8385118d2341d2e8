package org.roundel.api.exporter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.roundel.api.ComponentFactory;
import org.roundel.api.Options;
import org.roundel.api.net.ShippedNet;

/**
 * Makes an {@link Exporter}, whose name is that of a file format, and reads files of the format
 * where that is possible.
 */
public interface ExporterFactory extends ComponentFactory {
  /**
   * Makes an exporter.
   *
   * @throws org.roundel.api.InvalidInputException if the options do not go together
   */
  Exporter create(Options options);

  /**
   * Reads a net back from a file that an exporter of this format wrote. The default is for formats
   * that are only written.
   *
   * @param file the user's; it may be of any other format, cut short or made by an enemy, so no
   *     length in it is believed before it is checked
   * @return empty if the file's beginning shows that it is not of this format
   * @throws IOException if the file cannot be read
   * @throws org.roundel.api.InvalidInputException if the file is of this format, but damaged or of
   *     another version; the message names it and says what is wrong
   */
  default Optional<ShippedNet> read(Path file) throws IOException {
    return Optional.empty();
  }
}
