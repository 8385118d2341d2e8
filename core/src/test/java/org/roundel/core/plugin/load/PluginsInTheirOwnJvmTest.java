package org.roundel.core.plugin.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads real JARs in a JVM that has seen nothing of them before. */
class PluginsInTheirOwnJvmTest {
  /**
   * Stands in for DL4J's class of this name, which keeps the context class loader that it first
   * sees, as this one does.
   */
  private static final String DL4J =
      """
      package org.deeplearning4j.common.config;
      public class DL4JClassLoading {
        public static final ClassLoader captured = Thread.currentThread().getContextClassLoader();
        public static void touch() {}
      }
      """;

  @TempDir private Path directory;

  @Test
  void aJarsNamesComeAndGoWithIt() throws IOException, InterruptedException {
    Path plugins = Files.createDirectory(directory.resolve("plugins"));
    Files.writeString(plugins.resolve("broken.jar"), "not a JAR");
    PluginJar dl4j =
        new PluginJar().source("org.deeplearning4j.common.config.DL4JClassLoading", DL4J);
    dl4j.write(directory.resolve("dl4j.jar"));
    Path whole =
        new PluginJar()
            .source(
                "sample.Plugin",
                PluginJar.plugin("whole")
                    .replace(
                        "throw new IllegalStateException(\"only its name is used\");",
                        """
                        org.nd4j.common.config.ND4JClassLoading.getNd4jClassloader();
                        org.deeplearning4j.common.config.DL4JClassLoading.touch();
                        return () -> false;"""),
                dl4j)
            .provider("sample.Plugin")
            .write(plugins.resolve("whole.jar"));

    assertThat(list(plugins))
        .containsExactly(
            "component quantizer whole", "failure broken.jar", "nd4j true", "dl4j true");
    Files.delete(whole);
    assertThat(list(plugins)).containsExactly("failure broken.jar", "nd4j true", "dl4j true");
  }

  private List<String> list(Path plugins) throws IOException, InterruptedException {
    Path errors = directory.resolve("errors.txt");
    String classPath =
        System.getProperty("java.class.path") + File.pathSeparator + directory.resolve("dl4j.jar");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            ListPlugins.class.getName(),
            plugins.toString());
    Map<String, String> environment = builder.environment();
    environment.put("CLASSPATH", classPath);
    Process process = builder.redirectError(errors.toFile()).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    // The log, whose lines come first, may go to standard output.
    return lines.stream().filter(line -> line.matches("(component|failure|nd4j|dl4j) .*")).toList();
  }
}
