package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program follows what lies in its plugins directory. */
class PluginsIT {
  @TempDir private Path directory;
  private Installation roundel;

  @BeforeEach
  void install() throws IOException {
    roundel = Installation.in(directory);
  }

  @AfterEach
  void remove() throws IOException, InterruptedException {
    roundel.remove();
  }

  @Test
  void forgetsAPluginThatIsDeletedAndFindsOneThatIsDroppedIn() throws Exception {
    Path jar = roundel.plugins().resolve("roundel-stochastic-rounding.jar");
    Path away = directory.resolve("away.jar");
    assertThat(names(roundel.run("list", "quantizer")))
        .containsExactly(
            "binary-connect",
            "binary-weight",
            "deterministic-rounding",
            "dorefa",
            "none",
            "stochastic-rounding",
            "ternary",
            "uniform");

    Files.move(jar, away);
    assertThat(names(roundel.run("list", "quantizer"))).doesNotContain("stochastic-rounding");
    Outcome missing = roundel.train("--quantizer=stochastic-rounding");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err()).startsWith("roundel: there is no quantizer 'stochastic-rounding'");

    Files.move(away, jar);
    assertThat(names(roundel.run("list", "quantizer"))).contains("stochastic-rounding");
  }

  @Test
  void trainsWithAMethodThatWasBuiltElsewhere() throws Exception {
    buildTernaryPlugin(roundel.plugins().resolve("fixed-ternary.jar"));
    Outcome described = roundel.run("describe", "fixed-ternary");
    assertThat(described.out())
        .startsWith("fixed-ternary: quantizer, version 1.2.3, fixed-ternary.jar\n");
    Outcome trained = roundel.train("--quantizer=fixed-ternary", "--set=quantizer.scale=0.125");
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    assertThat(trained.out()).contains("quantized by fixed-ternary (conv)");
  }

  @Test
  void loadsTheOthersAndRepeatsTheReasonWhenAskedForABrokenOne() throws Exception {
    Path jar = roundel.plugins().resolve("roundel-stochastic-rounding.jar");
    byte[] bytes = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
    Files.createFile(roundel.plugins().resolve("empty.jar"));

    Outcome listed = roundel.run("list", "quantizer");
    assertThat(listed.exitCode()).isZero();
    assertThat(names(listed))
        .contains("binary-connect", "deterministic-rounding", "none")
        .doesNotContain("stochastic-rounding");
    assertThat(listed.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("roundel: warning: plugin " + roundel.plugins()))
        .anyMatch(line -> line.contains("empty.jar: "))
        .anyMatch(line -> line.contains("roundel-stochastic-rounding.jar: "));

    Outcome asked = roundel.train("--quantizer=stochastic-rounding");
    assertThat(asked.exitCode()).as("%s", asked).isEqualTo(4);
    assertThat(asked.err()).contains("\nroundel: ", "roundel-stochastic-rounding.jar");
  }

  private static String libraries(String... prefixes) throws IOException {
    try (Stream<Path> files = Files.list(Installation.packaged().resolve("lib"))) {
      return files
          .map(Path::toString)
          .filter(file -> Arrays.stream(prefixes).anyMatch(file::contains))
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static List<String> names(Outcome listed) {
    return listed.out().lines().skip(1).map(line -> line.split(" +")[1]).toList();
  }

  /** Compiles a plugin against the installed API, as its author would, and packs it. */
  private void buildTernaryPlugin(Path jar) throws IOException {
    Path source = Path.of("src", "test", "plugin", "TernaryPlugin.java");
    Path classes = Files.createDirectory(directory.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int result =
        compiler.run(
            null,
            null,
            null,
            "--release=17",
            "-proc:none",
            "-cp",
            libraries("roundel-api-", "nd4j-api-"),
            "-d",
            classes.toString(),
            source.toString());
    assertThat(result).as("compiler's result").isZero();

    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
    attributes.putValue("Roundel-SPI-Version", "1");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
      out.putNextEntry(new JarEntry("META-INF/services/org.roundel.api.RoundelPlugin"));
      out.write("example.TernaryPlugin\n".getBytes(StandardCharsets.UTF_8));
    }
  }
}
