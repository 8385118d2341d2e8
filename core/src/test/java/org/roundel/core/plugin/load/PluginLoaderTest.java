package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.roundel.core.Golden.assertGolden;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.config.ND4JClassLoading;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.ComponentDescriptor;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.failure.PluginFailure;
import org.roundel.core.run.CapturedLog;
import org.slf4j.LoggerFactory;

class PluginLoaderTest {
  @TempDir private Path plugins;

  @Test
  void describesAPlugin() throws IOException, NoSuchAlgorithmException {
    Path jar = PluginJar.offering("b-rounding", "a-rounding").write(plugins.resolve("both.jar"));
    String sha256 =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.plugins())
          .containsExactly(
              new PluginDescriptor(
                  "both",
                  "1.2.3",
                  RoundelPlugin.SPI_VERSION,
                  jar,
                  List.of(jar),
                  List.of("quantizer a-rounding", "quantizer b-rounding")));
      assertThat(registry.plugins().get(0).sha256()).isEqualTo(Map.of("both.jar", sha256));
      assertThat(registry.components())
          .extracting(ComponentDescriptor::displayName)
          .containsExactly("a-rounding", "b-rounding");
      assertThat(registry.failures()).isEmpty();
    }
  }

  @Test
  void saysWhereAJarIsGoneWhenItsHashIsWanted() throws IOException {
    Path jar = PluginJar.offering("rounding").write(plugins.resolve("gone.jar"));
    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      Files.delete(jar);

      assertThatThrownBy(registry.plugins().get(0)::sha256)
          .isInstanceOf(RoundelException.class)
          .hasMessageStartingWith(
              jar + " was there when its plugin was loaded and cannot be read any more: ");
    }
  }

  @Test
  void loadsInTheOrderOfFileNamesAndIgnoresOtherFiles() throws IOException {
    for (String name : List.of("c", "a", "b")) {
      PluginJar.offering(name).write(plugins.resolve(name + ".jar"));
    }
    Files.writeString(plugins.resolve("README.txt"), "no plugin");
    Files.writeString(plugins.resolve(".hidden.jar"), "no plugin");
    Files.writeString(plugins.resolve("d.jar.part"), "half a download");

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.plugins())
          .extracting(PluginDescriptor::name)
          .containsExactly("a", "b", "c");
      assertThat(registry.failures()).isEmpty();
    }
  }

  @Test
  void takesADirectoryOfJarsAsOnePlugin() {
    PluginJar library =
        new PluginJar()
            .source(
                "library.Names",
                "package library; public class Names { public static String NAME = \"shared\"; }");
    new PluginJar()
        .source(
            "sample.Plugin", PluginJar.plugin("x").replace("\"x\"", "library.Names.NAME"), library)
        .provider("sample.Plugin # comment")
        .withoutAttribute("Implementation-Version")
        .write(plugins.resolve("two/plugin.jar"));
    library.write(plugins.resolve("two/library.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      PluginDescriptor plugin = registry.quantizer("shared").plugin();
      assertThat(plugin.name()).isEqualTo("two");
      assertThat(plugin.version()).isEqualTo(PluginDescriptor.NO_VERSION);
      assertThat(plugin.location()).isEqualTo(plugins.resolve("two"));
      assertThat(plugin.sha256()).containsOnlyKeys("library.jar", "plugin.jar");
    }
  }

  @Test
  void putsBackTheContextClassLoaderAndKeepsNd4jOnTheApplications() {
    PluginJar.offering("a").write(plugins.resolve("a.jar"));
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    // As in a program that has used ND4J before, from a thread with a context of its own.
    ND4JClassLoading.setNd4jClassloader(ClassLoader.getPlatformClassLoader());

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
      ClassLoader during =
          registry.quantizer("a").create(a -> Thread.currentThread().getContextClassLoader());
      assertThat(during).isSameAs(registry.quantizer("a").factory().getClass().getClassLoader());
      assertThat(ND4JClassLoading.getNd4jClassloader())
          .isSameAs(PluginLoader.class.getClassLoader());
    }
  }

  @Test
  void goesOnWithOtherClassesAndKindsOfABrokenPlugin() {
    new PluginJar()
        .source(
            "sample.Plugin",
            PluginJar.plugin("fine")
                .replace(
                    "static final class",
                    "@Override public List<org.roundel.api.model.ModelFactory> models() {"
                        + " throw new IllegalStateException(\"no models today\"); }\n"
                        + "static final class"))
        .provider("sample.Missing")
        .provider("sample.Plugin")
        .write(plugins.resolve("partly.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.quantizer("fine").name()).isEqualTo("fine");
      assertThat(registry.failures())
          .extracting(PluginFailure::className)
          .containsExactly("sample.Missing", "sample.Plugin");
    }
  }

  @Test
  void logsWhatAPluginThrewIfItCanBeShown() throws IOException {
    Files.createFile(plugins.resolve("a.jar"));
    throwing("new IllegalStateException(\"no\")").write(plugins.resolve("b.jar"));
    throwing(
            "new IllegalStateException(\"no\") {"
                + " @Override public Throwable getCause() { throw this; } }")
        .write(plugins.resolve("c.jar"));
    PluginJar.offering("whole").write(plugins.resolve("whole.jar"));

    Logger logger = (Logger) LoggerFactory.getLogger(PluginLoader.class);
    Level before = logger.getLevel();
    logger.setLevel(Level.DEBUG);
    try (CapturedLog log = new CapturedLog(PluginLoader.class);
        PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.quantizer("whole").name()).isEqualTo("whole");
      assertThat(log.messages())
          .filteredOn(message -> message.startsWith("DEBUG What"))
          .containsExactly(
              "DEBUG What " + plugins.resolve("b.jar") + " threw",
              "DEBUG What " + plugins.resolve("c.jar") + " threw cannot be shown");
      assertThat(log.messages()).filteredOn(message -> message.startsWith("WARN")).hasSize(3);
    } finally {
      logger.setLevel(before);
    }
  }

  private static PluginJar throwing(String exception) {
    return new PluginJar()
        .source(
            "sample.Plugin",
            "package sample; public class Plugin implements org.roundel.api.RoundelPlugin {"
                + " @Override public java.util.List<org.roundel.api.model.ModelFactory> models() {"
                + " throw "
                + exception
                + "; } }")
        .provider("sample.Plugin");
  }

  /** A JAR that is refused can be replaced while the program runs: nothing keeps it open. */
  @ParameterizedTest
  @ValueSource(
      strings = {"new IllegalStateException(\"no\") {}", "new OutOfMemoryError(\"no\") {}"})
  void closesTheJarsOfAPluginThatFailed(String thrown) {
    PluginJar.offering("whole").write(plugins.resolve("whole.jar"));
    throwing(thrown).write(plugins.resolve("failed.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.failures()).hasSize(1);
      Throwable ofThePlugin = registry.failures().get(0).cause();
      assertThat(ofThePlugin).isNotNull();
      ClassLoader failed = ofThePlugin.getClass().getClassLoader();
      assertThat(failed).isInstanceOf(PluginClassLoader.class);
      assertThat(failed.getResource("sample/Plugin.class")).isNull();
      assertThat(registry.quantizer("whole").classLoader().getResource("sample/Plugin.class"))
          .isNotNull();
    }
  }

  @Test
  void anEmptyDirectoryIsNoError() {
    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.components()).isEmpty();
      assertThat(registry.failures()).isEmpty();
    }
  }

  @Test
  void saysThatTheDirectoryIsMissing() {
    Path missing = plugins.resolve("missing");
    assertThatThrownBy(() -> PluginLoader.load(missing))
        .isInstanceOfSatisfying(
            RoundelException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.PLUGIN);
              assertGolden(
                  "plugin/directory-missing",
                  failure.getMessage(),
                  Map.of(plugins.toString(), "<home>"));
            });
  }

  @Test
  void saysThatTheDirectoryIsAFile() throws IOException {
    Path file = Files.createFile(plugins.resolve("file"));
    assertThatThrownBy(() -> PluginLoader.load(file))
        .isInstanceOfSatisfying(
            RoundelException.class,
            failure ->
                assertGolden(
                    "plugin/directory-is-a-file",
                    failure.getMessage(),
                    Map.of(plugins.toString(), "<home>")));
  }
}
