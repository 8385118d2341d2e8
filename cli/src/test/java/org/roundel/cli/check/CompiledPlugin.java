package org.roundel.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.roundel.api.RoundelPlugin;

/** Compiles the class {@code sample.Sample} and packs it into a real plugin JAR. */
final class CompiledPlugin {
  private CompiledPlugin() {}

  /**
   * Returns a JAR, made in a directory.
   *
   * @param members the members of the class, which implements {@link RoundelPlugin}
   */
  static Path in(Path directory, String members) throws IOException {
    Path source = directory.resolve("Sample.java");
    Files.writeString(
        source,
        """
        package sample;
        import java.nio.FloatBuffer;
        import java.nio.file.Path;
        import java.util.*;
        import org.nd4j.linalg.api.ndarray.INDArray;
        import org.roundel.api.*;
        import org.roundel.api.dataset.*;
        import org.roundel.api.model.*;
        import org.roundel.api.quantizer.*;
        public class Sample implements RoundelPlugin {
        """
            + members
            + "}\n");
    Path classes = Files.createDirectory(directory.resolve("classes"));
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(failed).isZero();
    Path jar = directory.resolve("sample.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .putValue(RoundelPlugin.SPI_VERSION_ATTRIBUTE, Integer.toString(RoundelPlugin.SPI_VERSION));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new ZipEntry("META-INF/services/" + RoundelPlugin.class.getName()));
      out.write("sample.Sample\n".getBytes(StandardCharsets.UTF_8));
      for (Path path : files(classes)) {
        out.putNextEntry(new ZipEntry(classes.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, out);
      }
    }
    return jar;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
