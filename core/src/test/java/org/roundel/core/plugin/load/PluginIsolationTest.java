package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;

/** Two plugins with different versions of one library, each in its own JARs. */
class PluginIsolationTest {
  @TempDir private static Path plugins;
  private static PluginRegistry registry = PluginRegistry.of();

  @BeforeAll
  static void load() {
    write("old", 1);
    write("young", 2);
    registry = PluginLoader.load(plugins);
    assertThat(registry.failures()).isEmpty();
  }

  @AfterAll
  static void close() {
    registry.close();
  }

  private static void write(String plugin, int version) {
    PluginJar library =
        new PluginJar()
            .source(
                "library.Version",
                "package library; public class Version {"
                    + " public static String get() { return \"v"
                    + version
                    + "\"; } }");
    library.write(plugins.resolve(plugin + "/library.jar"));
    new PluginJar()
        .source(
            "sample.Plugin",
            PluginJar.plugin("uses-").replace("\"uses-\"", "\"uses-\" + library.Version.get()"),
            library)
        .source(plugin + ".OfItsOwn", "package " + plugin + "; public class OfItsOwn {}")
        .provider("sample.Plugin")
        .entry("META-INF/data.txt", plugin.getBytes(StandardCharsets.UTF_8))
        .entry(
            "META-INF/services/" + Nd4jBackend.class.getName(),
            "sample.Backend\n".getBytes(StandardCharsets.UTF_8))
        .write(plugins.resolve(plugin + "/plugin.jar"));
  }

  private static ClassLoader loader(String plugin) {
    for (PluginDescriptor descriptor : registry.plugins()) {
      if (descriptor.name().equals(plugin)) {
        return registry.quantizer(descriptor.components().get(0).split(" ")[1]).classLoader();
      }
    }
    throw new IllegalArgumentException(plugin);
  }

  @Test
  void eachPluginHasItsOwnVersionOfALibrary() {
    assertThat(registry.components())
        .extracting(ComponentDescriptor::name)
        .containsExactly("uses-v1", "uses-v2");
  }

  @Test
  void aPluginSeesItselfAndNoOther() throws ClassNotFoundException {
    assertThat(loader("old").loadClass("old.OfItsOwn").getClassLoader()).isSameAs(loader("old"));
    assertThatThrownBy(() -> loader("old").loadClass("young.OfItsOwn"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.roundel.core.ErrorKind",
        "org.roundel.core.plugin.load.PluginLoader",
        "com.google.inject.Guice",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "org.junit.jupiter.api.Test"
      })
  void aPluginDoesNotSeeTheProgram(String className) throws ClassNotFoundException {
    assertThat(Class.forName(className)).isNotNull();
    assertThatThrownBy(() -> loader("old").loadClass(className))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.util.List",
        "java.sql.Connection",
        "org.roundel.api.RoundelPlugin",
        "org.nd4j.linalg.factory.Nd4j",
        "org.bytedeco.javacpp.Pointer",
        "org.slf4j.Logger",
        "org.jspecify.annotations.Nullable"
      })
  void aPluginSharesTheJdkTheApiAndNd4j(String className) throws ClassNotFoundException {
    assertThat(loader("old").loadClass(className))
        .isSameAs(Class.forName(className, false, getClass().getClassLoader()));
  }

  @Test
  void aPluginFindsItselfAloneAsAService() {
    List<RoundelPlugin> found =
        ServiceLoader.load(RoundelPlugin.class, loader("young")).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).getClass().getClassLoader()).isSameAs(loader("young"));
    assertThat(loader("young").getResource(JarInspector.SERVICES_FILE).getPath())
        .contains("/young/plugin.jar!");
  }

  @Test
  void aPluginReadsItsOwnFiles() throws IOException {
    try (var in = loader("old").getResourceAsStream("META-INF/data.txt")) {
      assertThat(in).hasContent("old");
    }
    assertThat(Collections.list(loader("old").getResources("META-INF/data.txt"))).hasSize(1);
    assertThat(loader("old").getResource("golden/plugin/empty-file.txt")).isNull();
    assertThat(getClass().getClassLoader().getResource("golden/plugin/empty-file.txt")).isNotNull();
  }

  /** Tools that read classes, as ASM does, ask the loader of the class that they start from. */
  @Test
  void aPluginReadsTheJdksFiles() {
    for (String file : List.of("java/util/List.class", "java/sql/Connection.class")) {
      assertThat(loader("old").getResource(file))
          .isNotNull()
          .isEqualTo(ClassLoader.getSystemResource(file));
    }
  }

  /** A program may have plugins on its own class path, for itself. */
  @Test
  void aPluginFindsItselfAloneInAProgramWithPluginsOfItsOwn() throws IOException {
    URL program = plugins.resolve("young/plugin.jar").toUri().toURL();
    URL own = plugins.resolve("old/plugin.jar").toUri().toURL();
    try (URLClassLoader application =
            new URLClassLoader(new URL[] {program}, getClass().getClassLoader());
        PluginClassLoader loader =
            new PluginClassLoader(
                "old", List.of(own), application, SharedPackages.ofTheProgram())) {
      assertThat(application.getResource(JarInspector.SERVICES_FILE)).isNotNull();
      assertThat(loader.getResource(JarInspector.SERVICES_FILE))
          .hasToString("jar:" + own + "!/" + JarInspector.SERVICES_FILE);
      assertThat(Collections.list(loader.getResources(JarInspector.SERVICES_FILE)))
          .containsExactly(loader.getResource(JarInspector.SERVICES_FILE));
    }
  }

  /** The report of a plugin that hangs names its own code, not the JDK's below it. */
  @Test
  void aPluginsLoaderKnowsWhichClassesAreItsOwn() {
    PluginClassLoader loader = (PluginClassLoader) loader("old");
    assertThat(loader.hasLoaded("sample.Plugin")).isTrue();
    assertThat(loader.hasLoaded("java.lang.Object")).isFalse();
    assertThat(loader.hasLoaded("org.roundel.api.RoundelPlugin")).isFalse();
    assertThat(loader.hasLoaded("young.OfItsOwn")).isFalse();
  }

  @Test
  void sharedServicesAreTheApplicationsAndThenThePlugins() throws IOException {
    String services = "META-INF/services/" + Nd4jBackend.class.getName();
    List<URL> applications = Collections.list(getClass().getClassLoader().getResources(services));
    List<URL> seen = Collections.list(loader("old").getResources(services));
    assertThat(applications).isNotEmpty();
    assertThat(seen).hasSize(applications.size() + 1).startsWith(applications.toArray(new URL[0]));
    assertThat(seen.get(seen.size() - 1).getPath()).contains("/old/plugin.jar!");
  }

  @Test
  void aClosedRegistryHasClosedItsJars() {
    PluginRegistry another = PluginLoader.load(plugins);
    ClassLoader loader = another.quantizer("uses-v1").classLoader();
    assertThat(loader).isNotSameAs(loader("old"));
    another.close();
    assertThat(loader.getResource("META-INF/data.txt")).isNull();
  }
}
