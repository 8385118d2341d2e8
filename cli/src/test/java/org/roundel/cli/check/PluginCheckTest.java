package org.roundel.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.Golden;
import org.roundel.cli.InProcess;
import org.roundel.cli.Outcome;

/** The command on real JARs, right and faulty. */
class PluginCheckTest {
  /** Rounds to -scale and +scale by the expression in ROUNDED. */
  private static final String SIGNS =
      """
      static final Option<Double> SCALE = Option.positive("scale", 1, 1000, "the scale");
      public List<QuantizerFactory> quantizers() { return List.of(new Factory()); }
      static class Factory implements QuantizerFactory {
        public String name() { return "signs"; }
        public String description() { return "weights of one size"; }
        public List<Option<?>> options() { return List.of(SCALE); }
        public Quantizer create(Options options) {
          float scale = options.get(SCALE).floatValue();
          return new Quantizer() {
            public boolean keepsLatentWeights() { return true; }
            public float[] levels() { return new float[] {-scale, scale}; }
            public void quantize(INDArray latent, INDArray weights, QuantizationContext context) {
              FloatBuffer from = Tensors.floats(latent);
              FloatBuffer to = Tensors.floats(weights);
              for (int index = 0; index < from.remaining(); index++) {
                float weight = from.get(index);
                to.put(index, ROUNDED);
              }
            }
          };
        }
      }
      """;

  private static final String RIGHT = "Float.isNaN(weight) ? weight : weight < 0 ? -scale : scale";

  private static final String DATASET =
      """
      public List<DatasetFactory> datasets() { return List.of(new Factory()); }
      static class Factory implements DatasetFactory {
        public String name() { return "shapes"; }
        public String description() { return "shapes of things"; }
        public Dataset create(Options options, Path directory) {
          throw new InvalidInputException(directory + " is missing");
        }
      }
      """;

  @TempDir private Path directory;
  private final InProcess roundel = InProcess.homeless();

  @Test
  void passesACorrectPlugin() throws IOException {
    Outcome outcome = check(SIGNS.replace("ROUNDED", RIGHT));
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith("quantizer signs\n  passed  the name has the form\n")
        .doesNotContain("FAILED")
        .endsWith("sample.jar: 22 passed, 0 failed, 0 skipped\n");
  }

  @Test
  void showsTheInputThatBrokeARule() throws IOException {
    Outcome outcome = check(SIGNS.replace("ROUNDED", "scale * Math.signum(weight)"));
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(4);
    assertThat(failed(outcome)).containsExactly("the net's weights are on the grid");
    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
    Golden.assertGolden(
        "plugin-check-failed", outcome.out().replace(directory.toString(), "DIRECTORY"));
  }

  @Test
  void findsAFaultAtTheEdgeOfAnOptionOnly() throws IOException {
    String faulty = "scale == 1000 ? 999 : " + RIGHT;
    Outcome outcome = check(SIGNS.replace("ROUNDED", faulty));
    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(failed(outcome)).contains("the net's weights are on the grid");
    assertThat(oneLine(outcome)).contains("with scale=1000");
    // A value that is given is the only one.
    Outcome given =
        roundel.run(
            "plugin", "check", directory.resolve("sample.jar").toString(), "--set", "scale=2");
    assertThat(given.exitCode()).as("%s", given).isZero();
  }

  @Test
  void skipsADatasetWhoseFilesAreNotThere() throws IOException {
    Path nowhere = directory.resolve("nowhere");
    Outcome outcome = check(DATASET, "--data-dir", nowhere.toString());
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out())
        .contains("  skipped there are classes and images\n", "5 passed, 0 failed, 12 skipped");
    assertThat(oneLine(outcome))
        .contains("there are no files in " + nowhere + "; say where they are with --data-dir DIR");
    // With files it is the dataset that is at fault.
    Files.createDirectory(nowhere);
    Outcome there =
        roundel.run(
            "plugin",
            "check",
            directory.resolve("sample.jar").toString(),
            "--data-dir",
            nowhere.toString());
    assertThat(there.exitCode()).isEqualTo(4);
    assertThat(failed(there)).contains("there are classes and images");
  }

  @Test
  void saysWhyAJarDoesNotLoad() throws IOException {
    Path jar = directory.resolve("broken.jar");
    Files.writeString(jar, "not a JAR");
    Outcome outcome = roundel.run("plugin", "check", jar.toString());
    assertThat(outcome.exitCode()).isEqualTo(4);
    assertThat(outcome.err()).startsWith("roundel: " + jar + ": ");

    Outcome missing = roundel.run("plugin", "check", directory.resolve("missing.jar").toString());
    assertThat(missing.exitCode()).isEqualTo(4);
    Golden.assertGolden(
        "plugin-check-missing", missing.err().replace(directory.toString(), "DIRECTORY"));
  }

  @Test
  void refusesWhatHasNoEffect() throws IOException {
    Outcome unknown = check(SIGNS.replace("ROUNDED", RIGHT), "--set", "scael=2");
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.err()).contains("has an option 'scael'", "scale");
    String jar = directory.resolve("sample.jar").toString();
    Outcome notAllowed = roundel.run("plugin", "check", jar, "--set", "scale=-2");
    assertThat(notAllowed.exitCode()).isEqualTo(3);
    assertThat(notAllowed.err()).contains("option 'scale'", "allowed: real (0, 1000]");
    Outcome input = roundel.run("plugin", "check", jar, "--input", "3x32");
    assertThat(input.exitCode()).isEqualTo(2);
    assertThat(input.err()).contains("--input: '3x32' is no shape of an image; allowed:");
  }

  private Outcome check(String members, String... more) throws IOException {
    Path jar = CompiledPlugin.in(directory, members);
    String[] arguments = new String[3 + more.length];
    arguments[0] = "plugin";
    arguments[1] = "check";
    arguments[2] = jar.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return roundel.run(arguments);
  }

  private static List<String> failed(Outcome outcome) {
    return outcome
        .out()
        .lines()
        .filter(line -> line.startsWith("  FAILED "))
        .map(line -> line.substring(9).strip())
        .toList();
  }

  private static String oneLine(Outcome outcome) {
    return outcome.out().replaceAll("\\s+", " ");
  }
}
