package org.roundel.core.plugin.load;

import java.nio.file.Path;
import java.util.Map;
import org.nd4j.common.config.ND4JClassLoading;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.failure.PluginFailure;

/** The main class of a JVM that a test starts: lists what it finds in a plugins directory. */
public final class ListPlugins {
  private ListPlugins() {}

  /** Lists the components and failures, and what a component's creation answers. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    try (PluginRegistry registry = PluginLoader.load(Path.of(arguments[0]))) {
      for (ComponentDescriptor component : registry.components()) {
        System.out.println("component " + component.kind() + " " + component.displayName());
        registry
            .quantizer(component.name())
            .create(
                factory -> factory.create(registry.quantizer(component.name()).options(Map.of())));
      }
      for (PluginFailure failure : registry.failures()) {
        System.out.println("failure " + PluginFiles.fileName(failure.location()));
      }
    }
    ClassLoader application = ListPlugins.class.getClassLoader();
    System.out.println("nd4j " + (ND4JClassLoading.getNd4jClassloader() == application));
    Class<?> dl4j = Class.forName("org.deeplearning4j.common.config.DL4JClassLoading");
    System.out.println("dl4j " + (dl4j.getField("captured").get(null) == application));
  }
}
