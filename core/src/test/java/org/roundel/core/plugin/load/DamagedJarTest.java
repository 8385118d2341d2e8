package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.plugin.PluginRegistry;

/** Cuts and alters a whole JAR; whatever comes out is loaded or reported, and nothing else. */
class DamagedJarTest {
  private static final int STRIDE = 13;
  private static final int ALTERATIONS = 300;
  private static final long SEED = 20260101;

  @TempDir private Path plugins;

  @Test
  void aJarCutAnywhereIsReported() throws IOException {
    byte[] whole = PluginJar.offering("whole").bytes();
    for (int length = 0; length < whole.length; length += STRIDE) {
      Files.write(plugins.resolve("cut.jar"), Arrays.copyOf(whole, length));
      try (PluginRegistry registry = PluginLoader.load(plugins)) {
        assertThat(registry.failures()).as("cut to %d bytes", length).hasSize(1);
        assertThat(registry.plugins()).as("cut to %d bytes", length).isEmpty();
      }
    }
  }

  @Test
  void anAlteredJarIsLoadedOrReported() throws IOException {
    byte[] whole = PluginJar.offering("whole").bytes();
    Random random = new Random(SEED);
    for (int round = 0; round < ALTERATIONS; round++) {
      byte[] altered = whole.clone();
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
      }
      Files.write(plugins.resolve("altered.jar"), altered);
      try (PluginRegistry registry = PluginLoader.load(plugins)) {
        assertThat(registry.plugins().size() + registry.failures().size())
            .as("round %d of seed %d", round, SEED)
            .isPositive();
      } catch (RuntimeException | Error failed) {
        throw new AssertionError("round " + round + " of seed " + SEED, failed);
      }
    }
  }
}
