package org.roundel.cli.methods;

import io.micrometer.core.instrument.Clock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.load.PluginLoader;
import org.roundel.core.training.Trainer;

/** The packaged distribution's plugins, loaded from their JARs as the program does, in this JVM. */
final class RealPlugins implements AutoCloseable {
  private final PluginRegistry registry =
      PluginLoader.load(Path.of(System.getProperty("roundel.distribution"), "plugins"));

  Trainer trainer() {
    return new Trainer(registry, Clock.SYSTEM);
  }

  PluginRegistry registry() {
    return registry;
  }

  /** Returns a configuration from key, value, key, value, … */
  static RunConfiguration configuration(String... settings) {
    Map<String, String> values = new HashMap<>();
    for (int index = 0; index < settings.length; index += 2) {
      values.put(settings[index], settings[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  @Override
  public void close() {
    registry.close();
  }
}
