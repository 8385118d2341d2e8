package org.roundel.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.model.InputShape;
import org.roundel.api.net.PixelScaling;
import org.roundel.core.evaluation.ClassCounter;
import org.roundel.core.evaluation.Mistake;
import org.roundel.core.evaluation.TestScores;
import org.roundel.core.evaluation.WrongImages;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.Evaluation;

class EvaluationTest {
  private static final InputShape SHAPE = new InputShape(1, 2, 2);

  @TempDir Path directory;

  private static final List<String> TEN =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      names.add("a rather long name of class " + index);
    }
    return names;
  }

  /** Of every class as many images, of which those numbered by a multiple of 4 are wrong. */
  private static ClassResults results(List<String> names, int imagesOfEach) {
    ClassCounter counter = new ClassCounter(names);
    Random random = new Random(7);
    for (int label = 0; label < names.size(); label++) {
      for (int image = 0; image < imagesOfEach; image++) {
        float[] scores = new float[names.size()];
        scores[image % 4 == 0 ? random.nextInt(names.size()) : label] = 1;
        counter.add(scores, label);
      }
    }
    return counter.results();
  }

  private static NetEvaluation evaluation(
      ClassResults classes, double loss, List<Mistake> mistakes, @Nullable PixelScaling scaling) {
    Evaluation test =
        new Evaluation(loss, classes.confusion().error(), classes.confusion().images());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("source", "runs/x");
    facts.put("updates", 72L);
    return new NetEvaluation(
        "Checkpoint step-000000072, 72 updates",
        facts,
        Map.of("net", new TestScores(test, classes)),
        new WrongImages(mistakes, SHAPE, scaling));
  }

  private static List<String> lines(ClassResults classes) {
    return EvaluationText.lines(evaluation(classes, 0.5, List.of(), null));
  }

  @Test
  void tenClassesHaveTheirMatrixInEightyColumns() {
    List<String> lines = lines(results(TEN, 1000));
    assertThat(lines).allMatch(line -> line.length() <= 80, "at most 80 characters");
    assertThat(lines.get(1)).isEqualTo("  weights  test error  top-5 error  loss    images");
    List<String> matrix = lines.subList(lines.size() - 10, lines.size());
    for (int actual = 0; actual < 10; actual++) {
      String[] words = matrix.get(actual).strip().split(" +");
      assertThat(words[1]).isEqualTo(TEN.get(actual));
      int sum = 0;
      for (int predicted = 0; predicted < 10; predicted++) {
        sum += Integer.parseInt(words[4 + predicted]);
      }
      assertThat(sum).isEqualTo(1000);
      assertThat(Double.parseDouble(words[2]))
          .isEqualTo((1000 - Integer.parseInt(words[4 + actual])) / 10.0);
    }
  }

  @Test
  void manyClassesHaveWhatIsConfusedMost() {
    for (int count : new int[] {100, 1000}) {
      List<String> lines = lines(results(names(count), 8));
      assertThat(lines).allMatch(line -> line.length() <= 80, "at most 80 characters");
      assertThat(lines).hasSizeLessThan(32).contains("What was confused most");
      assertThat(lines).anyMatch(line -> line.startsWith("The classes with the largest errors"));
    }
  }

  @Test
  void fewClassesHaveNoTopFiveAndItSaysSo() {
    assertThat(lines(results(List.of("0", "1", "2"), 40)))
        .contains("  There is no top-5 error: there are only 3 classes.")
        .anyMatch(line -> line.matches("  1 +[0-9.]+ % +\\S+ +\\S+ +\\S+"));
  }

  @Test
  void scoresThatAreNoNumbersAreTold() {
    ClassCounter counter = new ClassCounter(TEN);
    float[] scores = new float[10];
    scores[0] = Float.NaN;
    counter.add(scores, 3);
    assertThat(lines(counter.results()))
        .contains("  1 image has no class: the scores are not numbers.")
        .anyMatch(line -> line.matches("  0 airplane +-( +\\.){10}"));
  }

  @Test
  void jsonHasTheSameNumbers() throws Exception {
    ClassResults classes = results(TEN, 40);
    Mistake mistake = new Mistake(17, 3, 5, 2.5f, Double.NaN, new float[4]);
    JsonNode json =
        new JsonMapper()
            .readTree(EvaluationJson.of(evaluation(classes, Double.NaN, List.of(mistake), null)));
    assertThat(json.path("source").asText()).isEqualTo("runs/x");
    assertThat(json.path("updates").asInt()).isEqualTo(72);
    JsonNode net = json.path("weights").path(0);
    assertThat(net.path("error").asDouble()).isEqualTo(classes.confusion().error());
    assertThat(net.path("top_5_error").asDouble()).isEqualTo(classes.topFiveError().orElseThrow());
    assertThat(net.path("loss").isNull()).isTrue();
    int trace = 0;
    for (int actual = 0; actual < 10; actual++) {
      JsonNode row = json.path("confusion").path(actual);
      int sum = 0;
      for (JsonNode cell : row) {
        sum += cell.asInt();
      }
      trace += row.path(actual).asInt();
      JsonNode one = json.path("classes").path(actual);
      assertThat(one.path("class").asText()).isEqualTo(TEN.get(actual));
      assertThat(sum).isEqualTo(one.path("images").asInt()).isEqualTo(40);
      assertThat(one.path("wrong").asInt()).isEqualTo(40 - row.path(actual).asInt());
    }
    assertThat((400 - trace) / 400.0).isEqualTo(net.path("error").asDouble());
    JsonNode worst = json.path("surest_mistakes").path(0);
    assertThat(worst.path("image").asInt()).isEqualTo(17);
    assertThat(worst.path("predicted").asInt()).isEqualTo(5);
    assertThat(worst.path("probability").isNull()).isTrue();
  }

  @Test
  void anImageOfNoClassHasARowOfItsOwn() throws Exception {
    ClassCounter counter = new ClassCounter(List.of("cat", "dog"));
    counter.add(new float[] {0, 1}, 0);
    counter.add(new float[] {Float.NaN, Float.NaN}, 0);
    Path csv = directory.resolve("confusion.csv");
    ConfusionFile.write(csv, counter.results());
    assertThat(Files.readAllLines(csv))
        .containsExactly(
            "index,class,predicted_index,predicted,images", "0,cat,-1,,1", "0,cat,1,dog,1");
  }

  @Test
  void filesHaveEveryPairAndPicturesAreDrawnOfAnyNumberOfClasses() throws Exception {
    ClassResults classes = results(TEN, 40);
    Path csv = directory.resolve("confusion.csv");
    ConfusionFile.write(csv, classes);
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows.get(0)).isEqualTo("index,class,predicted_index,predicted,images");
    int sum = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      int count = Integer.parseInt(cells[4]);
      sum += count;
      assertThat(count)
          .isEqualTo(
              classes.confusion().count(Integer.parseInt(cells[0]), Integer.parseInt(cells[2])));
    }
    assertThat(sum).isEqualTo(400);
    for (int count : new int[] {3, 10, 40, 1000}) {
      ClassResults many = results(names(count), 8);
      Path png = directory.resolve("confusion-" + count + ".png");
      ConfusionFile.write(png, many);
      BufferedImage picture = ImageIO.read(png.toFile());
      assertThat(picture.getWidth()).isBetween(800, 2600);
    }
    Path svg = directory.resolve("confusion.svg");
    ConfusionFile.write(svg, classes);
    assertThat(svg).content().contains("airplane", "taken for", "viewBox");
    assertThatThrownBy(
            () -> ConfusionFile.write(directory.resolve("a.png"), results(names(2001), 1)))
        .hasMessage(
            "a picture has room for 2,000 classes, and there are 2,001; a file whose name ends in"
                + " .csv has all");
  }

  @Test
  void picturesHaveTheDatasetsOwnPixels() {
    PixelScaling scaling = new PixelScaling(List.of(100.0), List.of(50.0));
    float[] seen = new float[4];
    int[] pixels = {0, 99, 100, 255};
    for (int index = 0; index < 4; index++) {
      seen[index] = scaling.apply(0, pixels[index]);
    }
    BufferedImage picture = MistakeSheet.picture(seen, SHAPE, scaling);
    for (int index = 0; index < 4; index++) {
      assertThat(picture.getRGB(index % 2, index / 2) & 0xFFFFFF)
          .isEqualTo(pixels[index] * 0x010101);
    }
    BufferedImage stretched = MistakeSheet.picture(seen, SHAPE, null);
    assertThat(stretched.getRGB(0, 0) & 0xFF).isZero();
    assertThat(stretched.getRGB(1, 1) & 0xFF).isEqualTo(255);
  }

  @Test
  void theSheetShowsOneMistakeOrManyAndRefusesWhatHasNoColours() throws Exception {
    PixelScaling scaling = new PixelScaling(List.of(0.0), List.of(1.0));
    Path sheet = directory.resolve("worst.png");
    for (int count : new int[] {1, 40}) {
      List<Mistake> mistakes = new ArrayList<>();
      for (int index = 0; index < count; index++) {
        mistakes.add(new Mistake(index, 3, 5, 9, 0.99995, new float[] {0, 80, 160, 255}));
      }
      MistakeSheet.write(sheet, new WrongImages(mistakes, SHAPE, scaling), TEN);
      assertThat(ImageIO.read(sheet.toFile()).getWidth()).isBetween(700, 2200);
    }
    Mistake two = new Mistake(0, 3, 5, 9, 1, new float[8]);
    assertThatThrownBy(
            () ->
                MistakeSheet.write(
                    sheet, new WrongImages(List.of(two), new InputShape(2, 2, 2), null), TEN))
        .hasMessage(
            "images of 2 channels cannot be shown: those of 1, grey, or 3 can. Leave out --worst");
  }
}
