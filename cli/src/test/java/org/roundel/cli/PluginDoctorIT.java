package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged program among plugins that are broken in every way. */
class PluginDoctorIT extends OwnInstallation {
  private static final String SAMPLE = "sample.Plugin";

  private PluginBuilder builder;

  @BeforeEach
  void makeBuilder() throws IOException {
    builder = new PluginBuilder(directory);
  }

  @Test
  void findsNothingWrongWithTheDistribution() throws Exception {
    Outcome outcome = roundel.run("plugin", "doctor");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertFitsTheScreen(outcome);
    assertThat(outcome.out()).doesNotContain(" - ");
    try (Stream<Path> files = Files.list(roundel.plugins())) {
      for (Path file : files.toList()) {
        assertThat(outcome.out()).contains("ok        " + file.getFileName());
      }
    }
  }

  @Test
  void explainsEveryKindOfBrokenPlugin() throws Exception {
    Path broken = Files.createDirectory(directory.resolve("broken"));
    breakEverything(broken);

    Outcome outcome = roundel.run("plugin", "doctor", "--plugins", broken.toString());

    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(4);
    assertFitsTheScreen(outcome);
    int running = Runtime.version().feature();
    Golden.assertGolden(
        "plugin-doctor",
        (outcome.out() + outcome.err())
            .replace(broken.toString(), "DIR")
            .replace("\nPlugin interface 1, Java " + running, "\nPlugin interface 1, Java NN")
            .replace("this is Java " + running, "this is Java NN")
            .replace("--release " + running, "--release NN"));
  }

  @Test
  void trainsWithTheWholePluginsAmongTheBrokenOnes() throws Exception {
    breakEverything(roundel.plugins());
    Outcome doctor = roundel.run("plugin", "doctor");
    assertThat(doctor.exitCode()).as("%s", doctor).isEqualTo(4);
    assertThat(doctor.out())
        .contains("ok        roundel-stochastic-rounding.jar\n", "ok        datasets/\n")
        .contains(
            "its model resnet-20 is used in place of the member",
            "of its family resnet-DEPTH the member resnet-20 is never used");

    Outcome trained = roundel.train("--quantizer=stochastic-rounding");
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    assertThat(trained.out()).contains("quantized by stochastic-rounding (conv)");

    // It holds up every start for five seconds.
    Files.delete(roundel.plugins().resolve("hangs.jar"));
    Outcome refused = roundel.trainHere("--quantizer=twice");
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(4);
    assertThat(refused.err()).contains("two versions of one plugin", "twice-1.jar", "twice-2.jar");
    Outcome late = roundel.trainHere("--quantizer=late");
    assertThat(late.exitCode()).as("%s", late).isEqualTo(4);
    assertThat(late.err())
        .contains("late.jar: quantizer 'late' could not be created: it needs the native library");
  }

  private void breakEverything(Path plugins) throws IOException {
    Files.writeString(plugins.resolve("README.txt"), "no plugin");
    Files.createFile(plugins.resolve(".hidden.jar"));
    Files.createFile(plugins.resolve("empty.jar"));
    Files.writeString(plugins.resolve("page.jar"), "<html>404 Not Found</html>");
    Files.createDirectory(plugins.resolve("no-jar"));
    offering(plugins.resolve("half.jar"), "half", "");
    byte[] whole = Files.readAllBytes(plugins.resolve("half.jar"));
    Files.write(plugins.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2));

    offering(
        plugins.resolve("throws.jar"),
        "throws",
        "public Plugin() { throw new IllegalStateException(\"no licence\"); }");
    offering(
        plugins.resolve("hangs.jar"),
        "hangs",
        """
        @Override public List<org.roundel.api.model.ModelFactory> models() {
          try { Thread.sleep(10_000); } catch (InterruptedException asked) { }
          return List.of();
        }
        """);
    offering(plugins.resolve("native.jar"), "native", "static { System.loadLibrary(\"gone\"); }");
    Map<String, byte[]> late =
        builder.compile(
            PluginBuilder.quantizer("late", "")
                .replace(
                    "return () -> false;", "System.loadLibrary(\"gone\"); return () -> false;"));
    PluginBuilder.pack(plugins.resolve("late.jar"), "1.0", SAMPLE, late);
    Map<String, byte[]> newer = builder.compile(PluginBuilder.quantizer("newer", ""));
    byte[] type = newer.get("sample/Plugin$Factory.class");
    type[7] = 44 + 63;
    PluginBuilder.pack(plugins.resolve("newer.jar"), "1.0", SAMPLE, newer);

    Map<String, byte[]> twice = builder.compile(PluginBuilder.quantizer("twice", ""));
    PluginBuilder.pack(plugins.resolve("twice-1.jar"), "1.0", SAMPLE, twice);
    PluginBuilder.pack(plugins.resolve("twice-2.jar"), "2.0", SAMPLE, twice);
    offering(plugins.resolve("mine.jar"), "same-name", "");
    String yours =
        PluginBuilder.quantizer("same-name", "").replace("package sample", "package yours");
    PluginBuilder.pack(plugins.resolve("yours.jar"), "1.0", "yours.Plugin", builder.compile(yours));

    Map<String, byte[]> fat =
        builder.compile(
            PluginBuilder.quantizer("fat", ""),
            "package org.slf4j; public interface Logger {}",
            "package org.slf4j; public interface Marker {}");
    PluginBuilder.pack(plugins.resolve("fat.jar"), "1.0", SAMPLE, fat);
    String model =
        """
        package shadow;
        import java.util.List;
        import org.roundel.api.*;
        import org.roundel.api.model.*;
        public class Plugin implements RoundelPlugin {
          @Override public List<ModelFactory> models() { return List.of(new Factory()); }
          static class Factory implements ModelFactory {
            @Override public String name() { return "resnet-20"; }
            @Override public String description() { return "for tests"; }
            @Override public Model create(ModelRequest request) { return null; }
          }
        }
        """;
    PluginBuilder.pack(
        plugins.resolve("shadow.jar"), "1.0", "shadow.Plugin", builder.compile(model));
  }

  private void offering(Path jar, String name, String member) throws IOException {
    PluginBuilder.pack(jar, "1.0", SAMPLE, builder.compile(PluginBuilder.quantizer(name, member)));
  }

  /** But for the directory, whose name may be of any length. */
  private static void assertFitsTheScreen(Outcome outcome) {
    assertThat(outcome.out().lines().filter(line -> !line.startsWith("Plugins directory ")))
        .allMatch(line -> line.length() <= 80);
  }
}
