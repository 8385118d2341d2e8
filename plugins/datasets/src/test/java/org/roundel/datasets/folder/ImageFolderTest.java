package org.roundel.datasets.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.datasets.Fixtures;
import org.roundel.datasets.TestImages;

class ImageFolderTest {
  private final DatasetFactory factory = new ImageFolderFactory();

  /** What lies beside the directory counts, so that is the test's own, too. */
  @TempDir Path outer;

  private Path directory;

  @BeforeEach
  void write() throws IOException {
    directory = Files.createDirectory(outer.resolve("data"));
    TestImages.writeFolder(directory);
  }

  private Dataset open(Map<String, String> options) throws IOException {
    return Fixtures.open(factory, directory, options);
  }

  @Test
  void classesAreTheFoldersSortedAndImagesTakeTurns() throws IOException {
    Files.createDirectories(directory.resolve("train/.hidden"));
    Files.writeString(directory.resolve("train/n01/notes.txt"), "no image");
    try (Dataset dataset = open(Map.of("image-size", "8", "resize", "8"))) {
      assertThat(dataset.classNames()).containsExactly("n01", "n02", "n10");
      assertThat(dataset.inputShape()).isEqualTo(new InputShape(3, 8, 8));
      assertThat(dataset.size(Split.TRAIN)).isEqualTo(9);
      assertThat(dataset.size(Split.TEST)).isEqualTo(3);
      int[] labels = new int[9];
      for (int index = 0; index < labels.length; index++) {
        labels[index] = Fixtures.label(dataset, Split.TRAIN, index);
      }
      assertThat(labels).containsExactly(0, 1, 2, 0, 1, 2, 0, 2, 2);
    }
  }

  @Test
  void hasImageNetsSizesByDefault() throws IOException {
    try (Dataset dataset = open(Map.of("train-limit", "1", "test-limit", "2"))) {
      assertThat(dataset.inputShape()).isEqualTo(new InputShape(3, 224, 224));
      assertThat(dataset.size(Split.TRAIN)).isEqualTo(1);
      assertThat(dataset.size(Split.TEST)).isEqualTo(2);
    }
  }

  @Test
  void withoutAugmentationTrainingImagesAreTransformedAsTestImages() throws IOException {
    Files.copy(directory.resolve("train/n01/n01_0.JPEG"), directory.resolve("val/n01/0first.jpg"));
    try (Dataset dataset = open(Map.of("image-size", "16", "resize", "20", "augment", "false"))) {
      assertThat(Fixtures.read(dataset, Split.TRAIN, 0, 5))
          .isEqualTo(Fixtures.read(dataset, Split.TEST, 0, 0));
    }
  }

  @Test
  void aSquareIsCutOutOfTrainingImages() throws IOException {
    Map<String, String> options =
        Map.of("image-size", "16", "resize", "20", "augment", "false", "cutout", "6");
    try (Dataset dataset = open(options)) {
      float[] plain = new float[768];
      dataset.read(Split.TRAIN, 0, null, FloatBuffer.wrap(plain));
      float[] cut = Fixtures.read(dataset, Split.TRAIN, 0, 1);
      int zeros = 0;
      for (int position = 0; position < cut.length; position++) {
        assertThat(cut[position]).isIn(0f, plain[position]);
        zeros += cut[position] == 0 ? 1 : 0;
      }
      // A quarter of the square, in the corner, to all of it.
      assertThat(zeros).isBetween(3 * 9, 3 * 36);
    }
    try (Dataset dataset =
        open(Map.of("image-size", "16", "resize", "20", "cutout", "6", "flip", "none"))) {
      assertThat(Fixtures.read(dataset, Split.TRAIN, 0, 1)).contains(0f);
    }
    assertThatThrownBy(() -> open(Map.of("image-size", "16", "resize", "20", "cutout", "17")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "image-folder: option 'cutout' is 17, more than 'image-size', which is 16; give at most"
                + " that");
  }

  @Test
  void takesTestWhereThereIsNoVal() throws IOException {
    Files.move(directory.resolve("val"), directory.resolve("test"));
    try (Dataset dataset = open(Map.of())) {
      assertThat(dataset.size(Split.TEST)).isEqualTo(3);
    }
    Files.move(directory.resolve("test"), directory.resolve("other"));
    refused(
        "dataset image-folder: there is neither "
            + directory.resolve("val")
            + " nor "
            + directory.resolve("test")
            + "; put the test images into one of them, a folder per class");
  }

  @Test
  void theFingerprintDependsOnNamesAndLengths() throws IOException {
    String before;
    try (Dataset dataset = open(Map.of())) {
      before = dataset.fingerprint();
    }
    Path file = directory.resolve("val/n10/a.jpg");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 3));
    try (Dataset dataset = open(Map.of())) {
      assertThat(dataset.fingerprint()).isNotEqualTo(before);
    }
  }

  @Test
  void refusesFoldersThatAreNotADataset() throws IOException {
    Path strange = Files.createDirectories(directory.resolve("val/n99"));
    refused(
        strange
            + ": the class 'n99' has no folder among the training images; add it there or remove"
            + " it here");
    Files.delete(strange);
    Path empty = Files.createDirectories(directory.resolve("train/n99"));
    refused(empty + ": the class has no image; expected files that end in .jpg, .jpeg or .png");
    assertThatThrownBy(() -> open(Map.of("resize", "100")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "image-folder: option 'resize' is 100, less than 'image-size', which is 224; give at"
                + " least that");
  }

  @Test
  void aDamagedImageIsNamedWhenItIsReadAndWhenItIsVerified() throws IOException {
    Path file = directory.resolve("val/n02/a.jpg");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
    try (Dataset dataset = open(Map.of())) {
      assertThatThrownBy(() -> Fixtures.read(dataset, Split.TEST, 1, 0))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(file.toString());
    }
    List<String> details = Fixtures.details(factory, directory);
    assertThat(details).hasSize(3);
    assertThat(details.get(0)).isEqualTo("train USABLE 9 of 9 images readable, 3 classes");
    assertThat(details.get(1)).startsWith("val/n02/a.jpg UNUSABLE " + file);
    assertThat(details.get(2)).isEqualTo("val USABLE 2 of 3 images readable, 3 classes");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
