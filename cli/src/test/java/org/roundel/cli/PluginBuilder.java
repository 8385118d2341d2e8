package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles plugins against the installed API, as their authors would, and packs them. */
public final class PluginBuilder {
  private final Path directory;

  /** Makes one that works in a directory. */
  public PluginBuilder(Path directory) {
    this.directory = directory;
  }

  /** Returns the source of {@code sample.Plugin}, which offers a quantizer that does nothing. */
  public static String quantizer(String name, String member) {
    return """
        package sample;
        import java.util.List;
        import org.roundel.api.*;
        import org.roundel.api.quantizer.*;
        public class Plugin implements RoundelPlugin {
          MEMBER
          @Override public List<QuantizerFactory> quantizers() { return List.of(new Factory()); }
          static class Factory implements QuantizerFactory {
            @Override public String name() { return "NAME"; }
            @Override public String description() { return "for tests"; }
            @Override public Quantizer create(Options options) { return () -> false; }
          }
        }
        """
        .replace("NAME", name)
        .replace("MEMBER", member);
  }

  /** Compiles classes together and returns the class files by their path in a JAR. */
  public Map<String, byte[]> compile(String... sources) throws IOException {
    Path from = Files.createTempDirectory(directory, "sources-");
    Path classes = Files.createTempDirectory(directory, "classes-");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--release=17",
                "-proc:none",
                "-cp",
                libraries("roundel-api-", "nd4j-api-"),
                "-d",
                classes.toString()));
    for (int index = 0; index < sources.length; index++) {
      String type =
          sources[index].replaceFirst("(?s).*?public (final )?(class|interface) (\\w+).*", "$3");
      Path file =
          Files.createDirectory(from.resolve(Integer.toString(index))).resolve(type + ".java");
      arguments.add(Files.writeString(file, sources[index]).toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int result = compiler.run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).as("compiler's result").isZero();
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(classes)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static String libraries(String... prefixes) throws IOException {
    try (Stream<Path> files = Files.list(Installation.packaged().resolve("lib"))) {
      return files
          .map(Path::toString)
          .filter(file -> Arrays.stream(prefixes).anyMatch(file::contains))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** Packs a plugin that is entered through a class. */
  public static void pack(Path jar, String version, String entryClass, Map<String, byte[]> files)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    attributes.putValue("Roundel-SPI-Version", "1");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new JarEntry(file.getKey()));
        out.write(file.getValue());
      }
      out.putNextEntry(new JarEntry("META-INF/services/org.roundel.api.RoundelPlugin"));
      out.write((entryClass + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
