package org.roundel.cli.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.roundel.core.config.ConfigurationFile;

/**
 * The recipes of the distribution are one way of training: they differ in what this test says and
 * in nothing else.
 *
 * <p>{@code -Dgolden.update=true} writes them anew and keeps the errors that were measured. Those
 * stand below the other comments, as many epochs as one likes:
 *
 * <pre>
 * # Test error in percent after an epoch, mean ± standard deviation of seeds 1, 2, 3 (A NOTE):
 * #   1  54.32 ± 1.20
 * #  30   9.12 ± 0.11
 * </pre>
 *
 * <p>or, of a single run, {@code seed 1} and no spread; a note is left out where there is none.
 */
class RecipeFilesTest {
  private static final Path FILES = Path.of("src", "dist", "conf", "recipes");
  private static final String UPDATE = "golden.update";

  private static final Pattern MEASURED =
      Pattern.compile(
          "# Test error in percent after an epoch, (mean ± standard deviation of seeds"
              + " \\d+(, \\d+)+|seed \\d+)( \\([^()\n]+\\))?:\n"
              + "(# +\\d+ +\\d+\\.\\d\\d( ± \\d+\\.\\d\\d)?\n)+");

  private static final Pattern POINT = Pattern.compile("# +(\\d+) +([\\d.]+)( ± [\\d.]+)?\n");

  private static final String COMMON =
      """
      # SGD with momentum and a cosine to 0, weight decay on weights only (Tong He and others, Bag of Tricks
      # for Image Classification with Convolutional Neural Networks, 2019); training images are shifted and
      # mirrored, which is the dataset's default; the statistics of batch normalisation are estimated anew.
      """;

  private static final String ONE_BIT =
      """
      # Every weight of a convolution or linear layer is one of two, +a and -a with a = sqrt(2/fan-in), as in
      # Mark D. McDonnell, Training wide residual networks for deployment using a single bit for each weight,
      # 2018; batch normalisation and biases are float. What he does otherwise stands in docs/methods.md.
      """;

  private static Map<String, String> settings(String net, boolean oneBit, int epochs) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", net);
    settings.put("quantizer", oneBit ? "he-sign" : "none");
    if (oneBit) {
      settings.put("quantize", "all");
    }
    settings.put("optimizer", "sgd");
    settings.put("optimizer.momentum", "0.9");
    settings.put("optimizer.weight-decay", "0.0005");
    settings.put("optimizer.decay", "weights");
    settings.put("learning-rate", "0.1");
    settings.put("schedule", "cosine");
    settings.put("epochs", Integer.toString(epochs));
    settings.put("batch-size", "128");
    settings.put("estimate-statistics", "true");
    settings.put("dataset", "cifar-10");
    return settings;
  }

  @Test
  void allAreOneWayOfTraining() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> found = new TreeMap<>();
    for (String net : List.of("resnet-20", "vgg-9", "wrn-20-4")) {
      for (boolean oneBit : new boolean[] {false, true}) {
        for (int epochs : new int[] {10, 30, 126}) {
          String name =
              String.format(Locale.ROOT, "%s-%s-%d", net, oneBit ? "1bit" : "float", epochs);
          expected.put(name + ".yaml", recipe(name, net, oneBit, epochs));
        }
      }
    }
    if (Boolean.getBoolean(UPDATE)) {
      Files.createDirectories(FILES);
      for (Map.Entry<String, String> file : expected.entrySet()) {
        Files.writeString(FILES.resolve(file.getKey()), file.getValue());
      }
    }
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.toList()) {
        found.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(found).as("-D%s=true writes them anew", UPDATE).isEqualTo(expected).hasSize(18);
  }

  private static String recipe(String name, String net, boolean oneBit, int epochs)
      throws IOException {
    String weights = oneBit ? "weights of one bit" : "float weights";
    return "# "
        + net
        + " with "
        + weights
        + " on CIFAR-10, "
        + epochs
        + " epochs.\n# roundel train --recipe "
        + name
        + " --data-dir D --seed N\n"
        + COMMON
        + (oneBit ? ONE_BIT : "")
        + measured(FILES.resolve(name + ".yaml"), epochs)
        + ConfigurationFile.toYaml(settings(net, oneBit, epochs));
  }

  /** Returns the errors that a recipe's file has, empty if nobody measured any. */
  private static String measured(Path file, int epochs) throws IOException {
    Matcher block = MEASURED.matcher(Files.exists(file) ? Files.readString(file) : "");
    if (!block.find()) {
      return "";
    }
    Matcher point = POINT.matcher(block.group());
    int last = 0;
    while (point.find()) {
      int epoch = Integer.parseInt(point.group(1));
      assertThat(epoch).as("%s: epochs in their order", file).isGreaterThan(last);
      assertThat(Double.parseDouble(point.group(2))).as("%s: %%", file).isBetween(0.0, 100.0);
      assertThat(point.group(3) != null)
          .as("%s: a spread is of more than one seed", file)
          .isEqualTo(block.group(1).startsWith("mean"));
      last = epoch;
    }
    assertThat(last).as("%s: the run's end is what counts", file).isEqualTo(epochs);
    return block.group();
  }
}
