package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.plugin.PluginRegistry;

/** What a plugin's own code sees of the program and of other plugins while it runs. */
class PluginSightTest {
  /** Looks around wherever it is called; its factory's text is what it saw. */
  private static final String PROBE =
      """
      package probe;
      import java.util.*;
      import org.roundel.api.*;
      import org.roundel.api.quantizer.*;
      public class Plugin implements RoundelPlugin {
        static final List<String> seen = new ArrayList<>();
        static { look("initializer"); }
        public Plugin() { look("constructor"); }
        @Override public List<QuantizerFactory> quantizers() {
          look("quantizers");
          return List.of(new Factory());
        }
        static void look(String where) {
          ClassLoader own = Plugin.class.getClassLoader();
          ClassLoader context = Thread.currentThread().getContextClassLoader();
          if (context != own) {
            seen.add(where + ": context " + context);
          }
          for (String name : List.of(
              "org.roundel.core.ErrorKind", "com.google.inject.Guice", "other.Plugin",
              "other.Library", "org.junit.jupiter.api.Test")) {
            try {
              seen.add(where + ": " + Class.forName(name));
            } catch (ClassNotFoundException hidden) {
              // As it should be.
            }
            try {
              seen.add(where + ": " + Class.forName(name, true, context));
            } catch (ClassNotFoundException hidden) {
              // As it should be.
            }
          }
          for (String name : List.of(
              "org/roundel/core/ErrorKind.class", "golden/plugin/empty-file.txt", "other.txt")) {
            if (context.getResource(name) != null || Plugin.class.getResource("/" + name) != null) {
              seen.add(where + ": " + name);
            }
          }
          for (RoundelPlugin found : ServiceLoader.load(RoundelPlugin.class, own)) {
            if (found.getClass() != Plugin.class) {
              seen.add(where + ": " + found);
            }
          }
        }
        static final class Factory implements QuantizerFactory {
          @Override public String name() { look("name"); return "probe"; }
          @Override public String description() { look("description"); return "For tests."; }
          @Override public List<Option<?>> options() { look("options"); return List.of(); }
          @Override public Quantizer create(Options options) {
            look("create");
            return new Quantizer() {
              @Override public boolean keepsLatentWeights() { return false; }
              @Override public String toString() { return String.join("\\n", seen); }
            };
          }
        }
      }
      """;

  @TempDir private Path plugins;

  /** The service loader makes plugins of its own, whose constructors must not look again. */
  private static PluginJar probe() {
    String once =
        "static boolean looking; static void look(String where) { if (looking) { return; }"
            + " looking = true; try { lookAround(where); } finally { looking = false; } }\n"
            + "static void lookAround(String where) {";
    return new PluginJar()
        .source("probe.Plugin", PROBE.replace("static void look(String where) {", once))
        .provider("probe.Plugin");
  }

  @Test
  void seesNothingOfTheProgramAndOfOtherPluginsWhileItRuns() {
    PluginJar.entered("other.Plugin", "other")
        .source("other.Library", "package other; public class Library {}")
        .entry("other.txt", "other".getBytes(StandardCharsets.UTF_8))
        .write(plugins.resolve("other.jar"));
    probe().write(plugins.resolve("probe.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.failures()).isEmpty();
      assertThat(Stream.of("other.Plugin", "other.Library"))
          .allSatisfy(
              name ->
                  assertThat(registry.quantizer("other").classLoader().loadClass(name))
                      .isNotNull());
      assertThat(seen(registry)).isEmpty();
    }
  }

  private static String seen(PluginRegistry registry) {
    var selected = registry.quantizer("probe");
    return selected.create(
        factory -> factory.create(selected.options(java.util.Map.of())).toString());
  }

  /** What a manifest names beside its JAR is inspected, hashed and locked by nobody. */
  @Test
  void seesNothingThatItsManifestNames() {
    new PluginJar()
        .source("other.Library", "package other; public class Library {}")
        .entry("other.txt", "other".getBytes(StandardCharsets.UTF_8))
        .write(plugins.resolve("hidden/other.library"));
    probe()
        .attribute("Class-Path", "../hidden/other.library")
        .write(plugins.resolve("probe/probe.jar"));

    try (PluginRegistry registry = PluginLoader.loadOne(plugins.resolve("probe"))) {
      assertThat(registry.failures()).isEmpty();
      assertThat(seen(registry)).isEmpty();
    }
  }

  @Test
  void theProbeWouldSeeWhatItsOwnJarHas() {
    probe()
        .source("other.Library", "package other; public class Library {}")
        .entry("other.txt", "own".getBytes(StandardCharsets.UTF_8))
        .write(plugins.resolve("probe.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      String seen = seen(registry);
      for (String where :
          List.of("initializer", "constructor", "quantizers", "name", "options", "create")) {
        assertThat(seen).contains(where + ": class other.Library", where + ": other.txt");
      }
    }
  }

  /** In one JAR with the plugin's classes, or in a directory beside them. */
  @Test
  void everyPluginRunsWithItsOwnVersionOfALibrary() {
    for (int version = 1; version <= 2; version++) {
      PluginJar library = library(version);
      user("directory-v" + version, library)
          .write(plugins.resolve("directory-" + version + "/plugin.jar"));
      library.write(plugins.resolve("directory-" + version + "/library.jar"));
      PluginJar whole = user("whole-v" + version, library);
      for (String file :
          List.of(
              "library/Library.class",
              "library/Service.class",
              "library/Provider.class",
              "META-INF/services/library.Service")) {
        whole.entry(file, library.content(file));
      }
      whole.write(plugins.resolve("whole-" + version + ".jar"));
    }

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.failures()).isEmpty();
      // Twice through all of them: what one does leaves no trace in another.
      for (int call = 1; call <= 2; call++) {
        for (String kind : List.of("directory", "whole")) {
          for (int version = 1; version <= 2; version++) {
            var selected = registry.quantizer(kind + "-v" + version);
            assertThat(selected.<String>create(Object::toString))
                .isEqualTo("version " + version + ", call " + call + ", provider " + version);
          }
        }
      }
    }
  }

  private static PluginJar library(int version) {
    // Version 2 has another signature, so that a mix of both would not link.
    String call = version == 1 ? "int call()" : "long call()";
    return new PluginJar()
        .source("library.Service", "package library; public interface Service { int version(); }")
        .source(
            "library.Provider",
            "package library; public class Provider implements Service { public int version() { return "
                + version
                + "; } }",
            new PluginJar()
                .source(
                    "library.Service",
                    "package library; public interface Service { int version(); }"))
        .source(
            "library.Library",
            "package library; public class Library { private static int calls;"
                + " public static int VERSION = "
                + version
                + "; public static "
                + call
                + " { return ++calls; } }")
        .entry(
            "META-INF/services/library.Service",
            "library.Provider\n".getBytes(StandardCharsets.UTF_8));
  }

  private static PluginJar user(String name, PluginJar library) {
    String text =
        """
        @Override public String toString() {
          StringBuilder text = new StringBuilder("version " + library.Library.VERSION);
          text.append(", call ").append(library.Library.call());
          for (library.Service found : java.util.ServiceLoader.load(library.Service.class)) {
            text.append(", provider ").append(found.version());
          }
          return text.toString();
        }
        """;
    return new PluginJar()
        .source(
            "sample.Plugin",
            PluginJar.plugin(name)
                .replace("@Override public String name()", text + "@Override public String name()"),
            library)
        .provider("sample.Plugin");
  }

  @Test
  void ofASharedPackageTheProgramsClassesComeFirst() throws ClassNotFoundException {
    PluginJar.offering("own")
        .source("org.slf4j.Logger", "package org.slf4j; public interface Logger { int fake(); }")
        .source("org.nd4j.extra.Extra", "package org.nd4j.extra; public class Extra {}")
        .write(plugins.resolve("own.jar"));
    PluginJar.entered("other.Plugin", "other").write(plugins.resolve("other.jar"));

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      ClassLoader own = registry.quantizer("own").classLoader();
      ClassLoader other = registry.quantizer("other").classLoader();
      assertThat(own.loadClass("org.slf4j.Logger")).isSameAs(org.slf4j.Logger.class);
      assertThat(own.loadClass("org.nd4j.extra.Extra").getClassLoader()).isSameAs(own);
      assertThat(other.getResource("org/nd4j/extra/Extra.class")).isNull();
      assertThat(other.getResource("org/slf4j/Logger.class"))
          .isEqualTo(own.getResource("org/slf4j/Logger.class"));
    }
  }
}
