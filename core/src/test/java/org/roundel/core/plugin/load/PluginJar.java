package org.roundel.core.plugin.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.roundel.api.RoundelPlugin;

/**
 * Compiles sources and packs them into a real plugin JAR, whole or broken in a chosen way.
 *
 * <p>A new one has a manifest with the right version of the plugin interface, and no services file.
 */
public final class PluginJar {
  /** The same for all, so that a JAR has the same bytes whenever it is made. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private byte @Nullable [] manifest;

  /** Makes an empty JAR. */
  public PluginJar() {
    attributes.put("Implementation-Version", "1.2.3");
    attributes.put(
        RoundelPlugin.SPI_VERSION_ATTRIBUTE, Integer.toString(RoundelPlugin.SPI_VERSION));
  }

  /** A whole plugin, {@code sample.Plugin}, that offers quantizers of the given names. */
  public static PluginJar offering(String... quantizers) {
    return new PluginJar().source("sample.Plugin", plugin(quantizers)).provider("sample.Plugin");
  }

  /** A whole plugin as {@link #offering}, entered through another class. */
  public static PluginJar entered(String className, String... quantizers) {
    int dot = className.lastIndexOf('.');
    return new PluginJar()
        .source(
            className,
            plugin(quantizers)
                .replace("package sample;", "package " + className.substring(0, dot) + ";")
                .replace("class Plugin ", "class " + className.substring(dot + 1) + " "))
        .provider(className);
  }

  /** The source of {@code sample.Plugin}, which offers quantizers of the given names. */
  public static String plugin(String... quantizers) {
    List<String> factories = new ArrayList<>();
    for (String name : quantizers) {
      factories.add("new Factory(\"" + name + "\")");
    }
    return """
        package sample;
        import java.util.List;
        import org.roundel.api.*;
        import org.roundel.api.quantizer.*;
        public class Plugin implements RoundelPlugin {
          @Override public List<QuantizerFactory> quantizers() { return List.of(FACTORIES); }
          static final class Factory implements QuantizerFactory {
            private final String name;
            Factory(String name) { this.name = name; }
            @Override public String name() { return name; }
            @Override public String description() { return "For tests."; }
            @Override public Quantizer create(Options options) {
              throw new IllegalStateException("only its name is used");
            }
          }
        }
        """
        .replace("FACTORIES", String.join(", ", factories));
  }

  /**
   * Compiles a class, against the API, the core, ND4J and the given libraries, and adds it alone.
   */
  public PluginJar source(String className, String source, PluginJar... libraries) {
    Map<String, String> sources = new LinkedHashMap<>();
    sources.put(className, source);
    for (PluginJar library : libraries) {
      sources.putAll(library.sources);
    }
    Map<String, byte[]> classes = new LinkedHashMap<>(InMemoryCompiler.compile(sources));
    for (PluginJar library : libraries) {
      classes.keySet().removeAll(library.entries.keySet());
    }
    entries.putAll(classes);
    this.sources.put(className, source);
    return this;
  }

  /** Adds a line to the services file. */
  public PluginJar provider(String line) {
    byte[] before = entries.getOrDefault(JarInspector.SERVICES_FILE, new byte[0]);
    String after = new String(before, StandardCharsets.UTF_8) + line + "\n";
    return entry(JarInspector.SERVICES_FILE, after.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds or replaces a file. */
  public PluginJar entry(String path, byte[] content) {
    entries.put(path, content);
    return this;
  }

  /** Removes a file. */
  public PluginJar without(String path) {
    if (entries.remove(path) == null) {
      throw new IllegalArgumentException(path + " is none of " + entries.keySet());
    }
    return this;
  }

  /** Sets an attribute of the manifest. */
  public PluginJar attribute(String name, String value) {
    attributes.put(name, value);
    return this;
  }

  /** Leaves an attribute out of the manifest. */
  public PluginJar withoutAttribute(String name) {
    attributes.remove(name);
    return this;
  }

  /** Replaces the manifest by these bytes. */
  public PluginJar manifest(byte[] content) {
    manifest = content;
    return this;
  }

  /** Returns a file's content. */
  public byte[] content(String path) {
    byte[] content = entries.get(path);
    if (content == null) {
      throw new IllegalArgumentException(path + " is none of " + entries.keySet());
    }
    return content;
  }

  /** Writes the JAR and returns its path. */
  public Path write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, bytes());
      return file;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns the JAR as bytes. */
  public byte[] bytes() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(JarFile.MANIFEST_NAME, manifest == null ? manifestOfAttributes() : manifest);
    files.putAll(entries);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(ENTRY_TIME);
        jar.putNextEntry(entry);
        jar.write(file.getValue());
        jar.closeEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private byte[] manifestOfAttributes() {
    Manifest written = new Manifest();
    written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(written.getMainAttributes()::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      written.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
