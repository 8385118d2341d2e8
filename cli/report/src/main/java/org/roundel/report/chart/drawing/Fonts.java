package org.roundel.report.chart.drawing;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The charts' font, the same on every machine.
 *
 * <p>It comes with the program, because a server often has none, and Java without any refuses to
 * draw. Arial has the same widths, so an SVG file looks alike where Liberation Sans is missing.
 */
final class Fonts {
  /** What an SVG file asks for. */
  static final String FAMILIES = "'Liberation Sans', Arial, Helvetica, sans-serif";

  private static final String RESOURCE = "LiberationSans-Regular.ttf";
  private static final Font FONT = load();

  private Fonts() {}

  static Font ofSize(float points) {
    return FONT.deriveFont(points);
  }

  private static Font load() {
    System.setProperty("java.awt.headless", "true");
    try {
      Path file = unpack();
      if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")
          && System.getProperty("sun.awt.fontconfig") == null) {
        nameTheOnlyFont(file);
      }
      return Font.createFont(Font.TRUETYPE_FONT, file.toFile());
    } catch (FontFormatException failed) {
      throw new IllegalStateException(RESOURCE + " in the program's own JAR is damaged", failed);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path unpack() throws IOException {
    Path directory = Files.createTempDirectory("roundel-font-");
    directory.toFile().deleteOnExit();
    Path file = directory.resolve(RESOURCE);
    file.toFile().deleteOnExit();
    try (InputStream in = Fonts.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program's own JAR");
      }
      Files.copy(in, file);
    }
    return file;
  }

  /**
   * Tells Java, before it looks for fonts, that this one stands for all of its logical ones.
   *
   * <p>On Linux it would ask fontconfig and fail where that, or every font, is missing.
   */
  private static void nameTheOnlyFont(Path file) throws IOException {
    Path configuration = file.resolveSibling("fontconfig.properties");
    configuration.toFile().deleteOnExit();
    Files.writeString(
        configuration,
        "version=1\n"
            + "allfonts.roundel=LiberationSans\n"
            + "sequence.allfonts=roundel\n"
            + "filename.LiberationSans="
            + file
            + "\n");
    System.setProperty("sun.awt.fontconfig", configuration.toString());
  }
}
