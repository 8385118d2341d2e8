package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.roundel.core.Golden.assertGolden;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;

/** The plugins directory holds one plugin more than once, beside another. */
class PluginVersionsTest {
  private static final String VERSION = "Implementation-Version";

  @TempDir private Path plugins;

  @BeforeEach
  void writeAnother() {
    PluginJar.entered("other.Plugin", "another").write(plugins.resolve("another.jar"));
  }

  @Test
  void twoVersionsAreRefusedAndTheOthersLoad() {
    PluginJar.offering("shared", "old-only").write(plugins.resolve("mine-1.2.3.jar"));
    PluginJar.offering("shared", "new-only")
        .attribute(VERSION, "1.3.0")
        .write(plugins.resolve("mine-1.3.0/mine.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertOnlyAnotherIsUsed(registry, "versions-two");
      for (String name : new String[] {"shared", "old-only", "new-only"}) {
        RoundelException refused =
            catchThrowableOfType(RoundelException.class, () -> registry.quantizer(name));
        assertThat(refused.kind()).isEqualTo(ErrorKind.PLUGIN);
        assertThat(refused).hasMessage(registry.failures().get(0).message());
      }
    }
  }

  @Test
  void aCopyUnderAnotherNameIsRefused() {
    PluginJar.offering("shared").write(plugins.resolve("mine.jar"));
    PluginJar.offering("shared").write(plugins.resolve("mine (1).jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertOnlyAnotherIsUsed(registry, "versions-copy");
    }
  }

  @Test
  void threeVersionsAreOneFailure() {
    for (String version : new String[] {"1", "2", "3"}) {
      PluginJar.offering("shared", "only-" + version)
          .attribute(VERSION, version)
          .write(plugins.resolve("mine-" + version + ".jar"));
    }

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertOnlyAnotherIsUsed(registry, "versions-three");
    }
  }

  @Test
  void anotherPluginWithTheirNameIsRefusedToo() {
    PluginJar.offering("another").write(plugins.resolve("mine-1.jar"));
    PluginJar.offering("another", "more").write(plugins.resolve("mine-2.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.components()).isEmpty();
      assertThat(registry.failures()).hasSize(2);
      RoundelException refused =
          catchThrowableOfType(RoundelException.class, () -> registry.quantizer("another"));
      assertThat(refused).hasMessage(registry.failures().get(1).message());
      assertThat(refused).hasMessageContainingAll("another.jar", "mine-1.jar", "mine-2.jar");
    }
  }

  @Test
  void pluginsWithNothingButTheNameOfAClassInCommonAreTwo() {
    PluginJar.offering("mine").write(plugins.resolve("mine.jar"));
    PluginJar.offering("yours").write(plugins.resolve("yours.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.failures()).isEmpty();
      assertThat(registry.components())
          .extracting(ComponentDescriptor::name)
          .containsExactly("another", "mine", "yours");
    }
  }

  private void assertOnlyAnotherIsUsed(PluginRegistry registry, String golden) {
    assertThat(registry.components())
        .extracting(ComponentDescriptor::name)
        .containsExactly("another");
    assertThat(registry.plugins()).extracting(PluginDescriptor::name).containsExactly("another");
    assertThat(registry.failures()).hasSize(1);
    assertGolden(
        "plugin/" + golden,
        registry.failures().get(0).message(),
        Map.of(plugins.toString(), "<plugins>"));
  }
}
