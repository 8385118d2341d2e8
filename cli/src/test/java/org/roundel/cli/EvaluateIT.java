package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The packaged program says which class a net takes for which, as its predictions do. */
class EvaluateIT extends OwnInstallation {
  private static final int CLASSES = 7;
  private static final int SIDE = 16;
  private static final int TEST_IMAGES = 12;

  private static String name(int label) {
    return "class-" + label;
  }

  /** Writes images of a brightness that says their class, but not for sure. */
  private static void write(Path directory, int count, Random random) throws IOException {
    for (int label = 0; label < CLASSES; label++) {
      Path folder = Files.createDirectories(directory.resolve(name(label)));
      for (int number = 0; number < count; number++) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        double brightness = 40 + 24 * label + 14 * random.nextGaussian();
        for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
          int color = 0;
          for (int band = 0; band < 3; band++) {
            long value = Math.round(brightness + 20 * random.nextGaussian());
            color = color << 8 | (int) Math.max(0, Math.min(255, value));
          }
          image.setRGB(pixel % SIDE, pixel / SIDE, color);
        }
        ImageIO.write(image, "png", folder.resolve((10 + number) + ".png").toFile());
      }
    }
  }

  private String[] data(String first, String second, String... more) {
    List<String> data =
        List.of(
            first,
            second,
            "--dataset=image-folder",
            "--data-dir=" + roundel.work().resolve("data"),
            "--set=dataset.image-size=" + SIDE,
            "--set=dataset.resize=" + SIDE);
    return Stream.concat(data.stream(), List.of(more).stream()).toArray(String[]::new);
  }

  private Outcome succeeds(String... arguments) {
    Outcome outcome = roundel.runHere(arguments);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    return outcome;
  }

  private JsonNode json(Outcome outcome) throws IOException {
    return new JsonMapper().readTree(outcome.out());
  }

  @Test
  void theMatrixIsThatOfThePredictions() throws Exception {
    Path data = roundel.work().resolve("data");
    String run = roundel.work().resolve("run").toString();
    write(data.resolve("train"), 12, new Random(1));
    write(data.resolve("val"), TEST_IMAGES, new Random(2));
    succeeds(
        data(
            "train",
            "--model=resnet-8",
            "--set=dataset.augment=false",
            "--quantizer=stochastic-rounding",
            "--batch-size=14",
            "--epochs=3",
            "--run-dir=" + run,
            "-q"));
    // This one as a process, in a directory of its own.
    Outcome evaluated =
        roundel.run("evaluate", "run", "--json", "--worst=w.png", "--confusion=c.csv");
    assertThat(evaluated.exitCode()).as("%s", evaluated).isZero();
    assertThat(evaluated.err()).isEmpty();
    JsonNode json = json(evaluated);

    int wrong = 0;
    for (int label = 0; label < CLASSES; label++) {
      int[] expected = new int[CLASSES];
      Outcome predicted = succeeds("predict", run, data + "/val/" + name(label), "--csv");
      List<String> rows = predicted.out().lines().skip(1).toList();
      assertThat(rows).hasSize(TEST_IMAGES);
      for (String row : rows) {
        expected[Integer.parseInt(row.split(",")[2])]++;
      }
      for (int other = 0; other < CLASSES; other++) {
        assertThat(json.path("confusion").path(label).path(other).asInt())
            .as("%s taken for %s", label, other)
            .isEqualTo(expected[other]);
      }
      wrong += TEST_IMAGES - expected[label];
      assertThat(json.path("classes").path(label).path("class").asText()).isEqualTo(name(label));
    }
    JsonNode own = json.path("weights").path(0);
    assertThat(wrong).isPositive();
    assertThat(own.path("error").asDouble()).isEqualTo((double) wrong / (CLASSES * TEST_IMAGES));
    assertThat(own.path("top_5_error").asDouble()).isLessThan(own.path("error").asDouble());
    assertThat(own.path("loss").asDouble()).isPositive();
    assertThat(Files.readAllLines(roundel.work().resolve("c.csv")))
        .contains("index,class,predicted_index,predicted,images");
    theSheetShowsTheFilesOwnPixels(json.path("surest_mistakes").path(0).path("image").asInt());

    Outcome text = succeeds("evaluate", run);
    assertThat(text.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(text.out()).contains("top-5 error", "0 class-0", "6 class-6");

    String net = roundel.work().resolve("net").toString();
    succeeds("export", run, "--format=safetensors", "--out", net);
    JsonNode file = json(succeeds(data("evaluate", net, "--json")));
    assertThat(file.path("confusion")).isEqualTo(json.path("confusion"));
    assertThat(file.path("weights").path(0).path("error")).isEqualTo(own.path("error"));
    for (String field : List.of("image", "class", "predicted")) {
      assertThat(file.path("surest_mistakes").path(0).path(field))
          .isEqualTo(json.path("surest_mistakes").path(0).path(field));
    }
  }

  /** The dataset has the first image of each class, then the second of each, and so on. */
  private void theSheetShowsTheFilesOwnPixels(int index) throws IOException {
    Path file =
        roundel
            .work()
            .resolve("data/val")
            .resolve(name(index % CLASSES))
            .resolve((10 + index / CLASSES) + ".png");
    BufferedImage own = ImageIO.read(file.toFile());
    BufferedImage sheet = ImageIO.read(roundel.work().resolve("w.png").toFile());
    for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
      int column = pixel % SIDE;
      int row = pixel / SIDE;
      assertThat(sheet.getRGB(32 + 14 * column + 7, 100 + 14 * row + 7))
          .as("pixel %s of image %s", pixel, index)
          .isEqualTo(own.getRGB(column, row));
    }
  }

  @Test
  void refusesWhatItCannotWriteBeforeItRunsTheNet() throws Exception {
    refused("--confusion takes a name that ends in .png or .svg or .csv; found c.gif", "c.gif");
    refused("there is no directory ", roundel.work().resolve("none/c.png").toString());
    String taken = Files.createDirectory(roundel.work().resolve("d.png")).toString();
    refused("--confusion " + taken + " is a directory", taken);
    Outcome both = roundel.runHere("evaluate", "run", "--confusion=a.png", "--worst=a.png");
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("--confusion and --worst are both a.png; give two files");
  }

  private void refused(String message, String file) {
    Outcome outcome = roundel.runHere("evaluate", "run", "--confusion=" + file);
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
  }
}
