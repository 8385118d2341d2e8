package org.roundel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The plugin interface as it is against {@code spi.txt} as it was agreed on. To write the file
 * anew, run this test with {@code -Dspi.update=true} and read the difference.
 */
class PublicSurfaceTest {
  private static final Path AGREED = Path.of("spi.txt");

  @Test
  void thePluginInterfaceIsTheOneThatWasAgreedOn() throws IOException, URISyntaxException {
    Path classes =
        Path.of(RoundelPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> found = PublicSurface.of(classes);
    if (Boolean.getBoolean("spi.update")) {
      Files.write(AGREED, found);
    }
    List<String> agreed = Files.readAllLines(AGREED);
    List<String> gone = new ArrayList<>(agreed);
    gone.removeAll(found);
    List<String> added = new ArrayList<>(found);
    added.removeAll(agreed);
    assertThat(gone)
        .as(
            "lines of api/spi.txt that the plugin interface no longer has. This BREAKS plugins that"
                + " were built against it: keep the old form beside the new one, or raise"
                + " RoundelPlugin.SPI_VERSION and roundel.spi.version, and write the file anew with"
                + " 'mvn -pl api test -Dtest=PublicSurfaceTest -Dspi.update=true'. In their place"
                + " there is:%n  %s%n",
            String.join("\n  ", added))
        .isEmpty();
    assertThat(added)
        .as(
            "new in the plugin interface. An abstract method of an interface that plugins implement"
                + " BREAKS them: give it a default. If it is what you want, write api/spi.txt anew"
                + " with 'mvn -pl api test -Dtest=PublicSurfaceTest -Dspi.update=true'")
        .isEmpty();
  }
}
