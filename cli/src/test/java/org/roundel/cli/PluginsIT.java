package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged program follows what lies in its plugins directory. */
class PluginsIT extends OwnInstallation {
  private static final List<String> SHARED =
      List.of(
          "org.roundel.api.RoundelPlugin",
          "org.roundel.dl4j.Dl4jModelFactory",
          "org.roundel.onednn.CompiledNet",
          "org.roundel.winograd.Team",
          "org.roundel.threads.PassThreads",
          "org.nd4j.linalg.factory.Nd4j",
          "org.deeplearning4j.nn.graph.ComputationGraph",
          "org.bytedeco.javacpp.Loader",
          "org.slf4j.Logger",
          "org.jspecify.annotations.Nullable");

  private static final List<String> HIDDEN =
      List.of(
          "org.roundel.core.plugin.load.PluginLoader",
          "org.roundel.reproduce.theory.MarkovChain",
          "org.roundel.cli.Main",
          "picocli.CommandLine",
          "ch.qos.logback.classic.Logger",
          "com.google.inject.Guice",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "org.roundel.binaryconnect.BinaryConnectPlugin",
          "org.roundel.resnet.ResNetPlugin");

  /** Called when the quantizer is created; writes what it sees of each class. */
  private static final String PROBE =
      """
      ClassLoader own = Plugin.class.getClassLoader();
      StringBuilder seen = new StringBuilder();
      ClassLoader context = Thread.currentThread().getContextClassLoader();
      seen.append(context == own ? "context own\\n" : "context other\\n");
      long plugins = java.util.ServiceLoader.load(RoundelPlugin.class).stream().count();
      seen.append("plugins ").append(plugins).append('\\n');
      for (String name : List.of(NAMES)) {
        String found = "hidden";
        try {
          ClassLoader loader = Class.forName(name, false, own).getClassLoader();
          found = loader == own ? "own" : "other";
          found = loader == ClassLoader.getSystemClassLoader() ? "shared" : found;
        } catch (ClassNotFoundException hidden) {
          String file = "/" + name.replace('.', '/') + ".class";
          found = Plugin.class.getResource(file) == null ? "hidden" : "readable";
        }
        seen.append(name).append(' ').append(found).append('\\n');
      }
      try {
        java.nio.file.Files.writeString(
            java.nio.file.Path.of(System.getProperty("probe.report")), seen);
      } catch (java.io.IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      }
      """;

  /** The net is another plugin's, and so is the optimizer that is called before this. */
  private static final String HOOK =
      """
      return new Quantizer() {
        private boolean told;
        @Override public boolean keepsLatentWeights() { return false; }
        @Override public float[] levels() { return new float[] {-1, 1}; }
        @Override public void afterUpdate(
            org.nd4j.linalg.api.ndarray.INDArray weights, QuantizationContext hook) {
          if (told) { return; }
          told = true;
          ClassLoader now = Thread.currentThread().getContextClassLoader();
          try {
            java.nio.file.Files.writeString(
                java.nio.file.Path.of(System.getProperty("probe.report")),
                now == own ? "hook own\\n" : "hook " + now + "\\n",
                java.nio.file.StandardOpenOption.APPEND);
          } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
          }
        }
      };""";

  @Test
  void forgetsAPluginThatIsDeletedAndFindsOneThatIsDroppedIn() throws Exception {
    Path jar = roundel.plugins().resolve("roundel-stochastic-rounding.jar");
    Path away = directory.resolve("away.jar");
    assertThat(names(roundel.run("list", "quantizer")))
        .containsExactly(
            "binary-connect",
            "binary-relax",
            "binary-weight",
            "bop",
            "deterministic-rounding",
            "dorefa",
            "he-sign",
            "lsq",
            "none",
            "parq",
            "prox-quant",
            "stochastic-rounding",
            "swalp",
            "ternary",
            "ttq",
            "uniform");

    assertThat(roundel.runHere("list").out()).contains("exporters").doesNotContain("added here");
    Files.move(jar, away);
    assertThat(names(roundel.runHere("list", "quantizer"))).doesNotContain("stochastic-rounding");
    Outcome missing = roundel.trainHere("--quantizer=stochastic-rounding");
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.err()).startsWith("roundel: there is no quantizer 'stochastic-rounding'");

    Files.move(away, jar);
    assertThat(names(roundel.runHere("list", "quantizer"))).contains("stochastic-rounding");
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

    Outcome asked = roundel.trainHere("--quantizer=stochastic-rounding");
    assertThat(asked.exitCode()).as("%s", asked).isEqualTo(4);
    assertThat(asked.err()).contains("\nroundel: ", "roundel-stochastic-rounding.jar");
  }

  private static List<String> names(Outcome listed) {
    // Behind the name there are two blanks at least; a line that goes on begins with more.
    return listed
        .out()
        .lines()
        .filter(line -> line.matches("  \\S+ {2,}\\S.*"))
        .map(line -> line.split(" +")[1])
        .toList();
  }

  @Test
  void aPluginSeesWhatIsSharedAndNothingElseOfTheProgram() throws Exception {
    Path report = directory.resolve("report.txt");
    String probe =
        PluginBuilder.quantizer("probe", "")
            .replace("return () -> false;", PROBE + HOOK)
            .replace(
                "NAMES",
                "\"sample.Plugin\", \""
                    + String.join("\", \"", SHARED)
                    + "\", \""
                    + String.join("\", \"", HIDDEN)
                    + "\"");
    PluginBuilder.pack(
        roundel.plugins().resolve("probe.jar"),
        "1.0",
        "sample.Plugin",
        new PluginBuilder(directory).compile(probe));
    List<String> arguments = new ArrayList<>(List.of("train", "--quantizer=probe"));
    arguments.addAll(Installation.TINY_RUN);

    Outcome trained = roundel.start(arguments, "-Dprobe.report=" + report).end();

    assertThat(trained.exitCode()).as("%s", trained).isZero();
    List<String> expected =
        new ArrayList<>(List.of("context own", "plugins 1", "sample.Plugin own"));
    SHARED.forEach(name -> expected.add(name + " shared"));
    HIDDEN.forEach(name -> expected.add(name + " hidden"));
    expected.add("hook own");
    assertThat(Files.readAllLines(report)).containsExactlyElementsOf(expected);
    for (String name : HIDDEN) {
      assertThat(isInstalled(name)).as("%s is somewhere in the distribution", name).isTrue();
    }
  }

  private boolean isInstalled(String className) throws IOException {
    for (Path from : List.of(Installation.packaged().resolve("lib"), roundel.plugins())) {
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
          try (JarFile jar = new JarFile(file.toFile())) {
            if (jar.getEntry(className.replace('.', '/') + ".class") != null) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}
