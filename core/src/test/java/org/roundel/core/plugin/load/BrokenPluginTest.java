package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.roundel.core.Golden.assertGolden;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roundel.api.RoundelPlugin;
import org.roundel.core.plugin.PluginDescriptor;
import org.roundel.core.plugin.PluginRegistry;

/** One real broken plugin per way of being broken, beside a whole one that must load. */
class BrokenPluginTest {
  private static final String PLUGIN_CLASS = "sample/Plugin.class";
  private static final String FACTORY_CLASS = "sample/Plugin$Factory.class";

  @TempDir private Path plugins;

  /** A way of being broken; its golden message has the same name. */
  enum Fault {
    EMPTY_FILE,
    TRUNCATED,
    NOT_A_JAR_BUT_TEXT,
    NOT_A_JAR_BUT_BINARY,
    LINK_TO_ITSELF,
    LINK_TO_NOTHING,
    NAMED_PIPE,
    NO_SERVICES_FILE,
    EMPTY_SERVICES_FILE,
    MALFORMED_SERVICES_FILE,
    HUGE_SERVICES_FILE,
    SERVICES_LINE_OF_MANY_PARTS,
    MANY_ENTRY_POINTS,
    HUGE_MANIFEST,
    MALFORMED_MANIFEST,
    NAMES_A_MISSING_CLASS,
    NOT_A_ROUNDEL_PLUGIN,
    NO_PUBLIC_CONSTRUCTOR,
    THROWS_IN_CONSTRUCTOR,
    THROWS_IN_STATIC_INITIALIZER,
    THROWS_IN_QUANTIZERS,
    RUNS_OUT_OF_MEMORY,
    RUNS_OUT_OF_STACK,
    THROWS_THREAD_DEATH,
    THROWS_WHAT_CANNOT_BE_PRINTED,
    THROWS_WHAT_HAS_NO_CAUSE,
    THROWS_WHAT_IS_ITS_OWN_CAUSE,
    THROWS_A_LONG_MESSAGE,
    RETURNS_NULL,
    LISTS_NULL,
    OFFERS_NOTHING,
    OTHER_SPI_VERSION,
    NO_SPI_VERSION,
    INVALID_COMPONENT_NAME,
    THROWS_IN_NAME,
    NO_DESCRIPTION,
    RETURNS_NULL_FOR_OPTIONS,
    LISTS_NULL_AMONG_OPTIONS,
    OPTION_DECLARED_TWICE,
    COMPILED_FOR_NEWER_JAVA,
    FACTORY_COMPILED_FOR_NEWER_JAVA,
    COMPILED_WITH_PREVIEW_FEATURES,
    NO_NATIVE_LIBRARY,
    NO_NATIVE_LIBRARY_FILE,
    NATIVE_METHOD_WITHOUT_LIBRARY,
    FACTORY_WITHOUT_NATIVE_LIBRARY,
    FACTORY_ASKS_TWICE_FOR_NATIVE_LIBRARY,
    COMPILED_FOR_NO_JAVA,
    COMPILED_WITH_NO_MINOR_VERSION,
    DAMAGED_CLASS,
    NEEDS_A_MISSING_CLASS,
    NEEDS_THE_CORE,
    CALLS_A_MISSING_METHOD,
    DIRECTORY_WITHOUT_JAR,
    DIRECTORY_WITHOUT_ENTRY_POINT
  }

  @ParameterizedTest
  @EnumSource
  void isReportedAndTheOthersLoad(Fault fault) throws IOException {
    PluginJar.offering("whole").write(plugins.resolve("whole.jar"));
    write(fault);

    try (PluginRegistry registry = PluginLoader.load(plugins)) {
      assertThat(registry.plugins()).extracting(PluginDescriptor::name).containsExactly("whole");
      assertThat(registry.quantizer("whole").factory().name()).isEqualTo("whole");
      assertThat(registry.failures()).hasSize(1);
      assertGolden(
          "plugin/" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          registry.failures().get(0).message(),
          Map.of(
              plugins.toString(),
              "<plugins>",
              "this is Java " + Runtime.version().feature(),
              "this is Java <running>",
              "--release " + Runtime.version().feature(),
              "--release <running>",
              System.mapLibraryName("gone"),
              "<library file>"));
    }
  }

  private void write(Fault fault) throws IOException {
    Path file = plugins.resolve("broken.jar");
    switch (fault) {
      case EMPTY_FILE -> Files.createFile(file);
      case TRUNCATED -> {
        byte[] whole = PluginJar.offering("cut").bytes();
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      }
      case NOT_A_JAR_BUT_TEXT -> Files.writeString(file, "<html>\n<head>404 Not Found</head>\n");
      case NOT_A_JAR_BUT_BINARY -> Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
      case LINK_TO_ITSELF -> Files.createSymbolicLink(file, file);
      case LINK_TO_NOTHING -> Files.createSymbolicLink(file, plugins.resolve("gone"));
      case NAMED_PIPE -> makeNamedPipe(file);
      case DIRECTORY_WITHOUT_JAR ->
          Files.writeString(Files.createDirectory(plugins.resolve("broken")).resolve("x"), "x");
      case DIRECTORY_WITHOUT_ENTRY_POINT ->
          Stream.of("a", "b")
              .forEach(name -> new PluginJar().write(plugins.resolve("broken/" + name + ".jar")));
      default -> jar(fault).write(file);
    }
  }

  private static void makeNamedPipe(Path file) throws IOException {
    Process process = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
    assertThat(process.onExit().join().exitValue()).isZero();
  }

  private static PluginJar jar(Fault fault) {
    String attribute = RoundelPlugin.SPI_VERSION_ATTRIBUTE;
    PluginJar whole = PluginJar.offering("offered");
    return switch (fault) {
      case NO_SERVICES_FILE -> whole.without(JarInspector.SERVICES_FILE);
      case EMPTY_SERVICES_FILE ->
          whole.without(JarInspector.SERVICES_FILE).provider("# nobody here");
      case MALFORMED_SERVICES_FILE -> whole.provider("sample.Plugin, sample.Other");
      case HUGE_SERVICES_FILE -> whole.entry(JarInspector.SERVICES_FILE, new byte[100 << 20]);
      case SERVICES_LINE_OF_MANY_PARTS -> whole.provider("a.".repeat(3000) + "b");
      case MANY_ENTRY_POINTS -> {
        for (int number = 0; number < 5000; number++) {
          whole.provider("sample.P" + number);
        }
        yield whole;
      }
      case HUGE_MANIFEST -> whole.attribute("Padding", "x".repeat(4 << 20));
      case MALFORMED_MANIFEST -> malformedManifest();
      case NAMES_A_MISSING_CLASS -> new PluginJar().provider("sample.Missing");
      case NOT_A_ROUNDEL_PLUGIN -> compiled("public class Plugin {}");
      case NO_PUBLIC_CONSTRUCTOR ->
          compiled("public class Plugin implements RoundelPlugin { Plugin() {} }");
      case THROWS_IN_CONSTRUCTOR ->
          body("public Plugin() { throw new IllegalStateException(\"no licence\"); }");
      case THROWS_IN_STATIC_INITIALIZER ->
          body("static { if (true) throw new IllegalStateException(\"no licence\"); }");
      case THROWS_IN_QUANTIZERS -> quantizers("throw new UnsupportedOperationException();");
      case RUNS_OUT_OF_MEMORY -> quantizers("throw new OutOfMemoryError(\"Java heap space\");");
      case RUNS_OUT_OF_STACK -> quantizers("return quantizers();");
      case THROWS_THREAD_DEATH -> quantizers("throw new ThreadDeath();");
      case THROWS_WHAT_CANNOT_BE_PRINTED ->
          quantizers(
              "throw new RuntimeException() {"
                  + " @Override public String getMessage() { throw this; } };");
      case THROWS_WHAT_HAS_NO_CAUSE ->
          quantizers(
              "throw new RuntimeException() {"
                  + " @Override public Throwable getCause() { throw this; } };");
      case THROWS_WHAT_IS_ITS_OWN_CAUSE ->
          quantizers(
              "throw new ExceptionInInitializerError(\"again\") {"
                  + " @Override public Throwable getCause() { return this; } };");
      case THROWS_A_LONG_MESSAGE ->
          quantizers("throw new IllegalStateException(\"long \".repeat(5_000_000));");
      case RETURNS_NULL -> quantizers("return null;");
      case LISTS_NULL -> quantizers("return java.util.Collections.singletonList(null);");
      case OFFERS_NOTHING -> body("");
      case OTHER_SPI_VERSION -> whole.attribute(attribute, "99");
      case NO_SPI_VERSION -> whole.withoutAttribute(attribute);
      case INVALID_COMPONENT_NAME -> PluginJar.offering("Not A Name");
      case THROWS_IN_NAME ->
          factory("public String name() { throw new IllegalStateException(\"nameless\"); }");
      case NO_DESCRIPTION -> described("\" \"", "public String name() { return \"bare\"; }");
      case RETURNS_NULL_FOR_OPTIONS ->
          factory(
              """
              public String name() { return "bare"; }
              @Override public List<Option<?>> options() { return null; }""");
      case LISTS_NULL_AMONG_OPTIONS ->
          factory(
              """
              public String name() { return "bare"; }
              @Override public List<Option<?>> options() {
                return java.util.Collections.singletonList(null);
              }""");
      case OPTION_DECLARED_TWICE ->
          factory(
              """
              public String name() { return "twice"; }
              @Override public List<Option<?>> options() {
                Option<Boolean> option = Option.flag("wide", false, "Help.");
                return List.of(option, option);
              }""");
      case COMPILED_FOR_NEWER_JAVA -> {
        byte[] type = whole.content(PLUGIN_CLASS).clone();
        type[7] = 44 + 63;
        yield whole.entry(PLUGIN_CLASS, type);
      }
      case FACTORY_COMPILED_FOR_NEWER_JAVA -> {
        byte[] type = whole.content(FACTORY_CLASS).clone();
        type[7] = 44 + 63;
        yield whole.entry(FACTORY_CLASS, type);
      }
      case COMPILED_WITH_PREVIEW_FEATURES -> {
        byte[] type = whole.content(PLUGIN_CLASS).clone();
        type[4] = (byte) 0xff;
        type[5] = (byte) 0xff;
        type[7] = (byte) (44 + Runtime.version().feature());
        yield whole.entry(PLUGIN_CLASS, type);
      }
      case NO_NATIVE_LIBRARY -> body("static { System.loadLibrary(\"gone\"); }");
      case NO_NATIVE_LIBRARY_FILE ->
          body("public Plugin() { System.load(\"/no/such/directory/libgone.so\"); }");
      case NATIVE_METHOD_WITHOUT_LIBRARY ->
          body("public Plugin() { start(); } private static native void start();");
      case FACTORY_WITHOUT_NATIVE_LIBRARY ->
          factory(
              """
              public String name() { return "native"; }
              @Override public List<Option<?>> options() {
                System.loadLibrary("gone");
                return List.of();
              }""");
      case FACTORY_ASKS_TWICE_FOR_NATIVE_LIBRARY ->
          body(
              """
              static class Library {
                static { System.loadLibrary("gone"); }
                static String get() { return "native"; }
              }
              @Override public List<QuantizerFactory> quantizers() {
                try {
                  Library.get();
                } catch (UnsatisfiedLinkError tolerated) {
                  // Goes on, and asks again.
                }
                Library.get();
                return List.of();
              }""");
      case COMPILED_FOR_NO_JAVA -> {
        byte[] type = whole.content(PLUGIN_CLASS).clone();
        type[7] = 44;
        yield whole.entry(PLUGIN_CLASS, type);
      }
      case COMPILED_WITH_NO_MINOR_VERSION -> {
        byte[] type = whole.content(PLUGIN_CLASS).clone();
        type[5] = 7;
        yield whole.entry(PLUGIN_CLASS, type);
      }
      case DAMAGED_CLASS -> whole.entry(PLUGIN_CLASS, "damaged".getBytes(StandardCharsets.UTF_8));
      case NEEDS_A_MISSING_CLASS -> {
        PluginJar library =
            new PluginJar().source("library.Part", "package library; public class Part {}");
        yield new PluginJar()
            .source(
                "sample.Plugin",
                """
                package sample;
                public class Plugin extends library.Part implements org.roundel.api.RoundelPlugin {}
                """,
                library)
            .provider("sample.Plugin");
      }
      case NEEDS_THE_CORE ->
          body(
              "public Plugin() { System.setProperty(\"x\", org.roundel.core.ErrorKind.PLUGIN.name()); }");
      case CALLS_A_MISSING_METHOD -> {
        PluginJar built =
            new PluginJar()
                .source(
                    "library.Part",
                    "package library; public class Part { public static void now() {} }");
        PluginJar old =
            new PluginJar().source("library.Part", "package library; public class Part {}");
        yield new PluginJar()
            .source(
                "sample.Plugin",
                """
                package sample;
                public class Plugin implements org.roundel.api.RoundelPlugin {
                  public Plugin() { library.Part.now(); }
                }
                """,
                built)
            .entry("library/Part.class", old.content("library/Part.class"))
            .provider("sample.Plugin");
      }
      default -> throw new IllegalArgumentException(fault.name());
    };
  }

  /** The manifest is written by hand: {@link java.util.jar.Manifest} refuses to write a bad one. */
  private static PluginJar malformedManifest() {
    return PluginJar.offering("offered")
        .manifest("Manifest-Version: 1.0\nno colon here\n".getBytes(StandardCharsets.UTF_8));
  }

  private static PluginJar compiled(String type) {
    return new PluginJar()
        .source(
            "sample.Plugin",
            "package sample; import java.util.List; import org.roundel.api.*;"
                + " import org.roundel.api.quantizer.*;\n"
                + type)
        .provider("sample.Plugin");
  }

  private static PluginJar body(String body) {
    return compiled("public class Plugin implements RoundelPlugin {\n" + body + "\n}");
  }

  private static PluginJar quantizers(String statement) {
    return body("@Override public List<QuantizerFactory> quantizers() { " + statement + " }");
  }

  private static PluginJar factory(String members) {
    return described("\"For tests.\"", members);
  }

  private static PluginJar described(String description, String members) {
    return quantizers(
        "return List.of(new QuantizerFactory() {\n"
            + members
            + "\npublic String description() { return "
            + description
            + "; }\n"
            + "public Quantizer create(Options options) { throw new IllegalStateException(); }\n"
            + "});");
  }
}
