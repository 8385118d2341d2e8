package org.roundel.datasets.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.Fixtures;

class CifarTest {
  private static final CifarFormat FORMAT = Fixtures.small(CifarFormat.CIFAR_10);
  private static final double[] MEANS = {125.3, 123.0, 113.9};
  private static final double[] DEVIATIONS = {63.0, 62.1, 66.7};

  private final DatasetFactory factory = new CifarFactory(FORMAT);

  /** What lies beside the directory counts, so that is the test's own, too. */
  @TempDir Path outer;

  private Path directory;
  private Path folder;

  @BeforeEach
  void write() throws IOException {
    directory = Files.createDirectory(outer.resolve("data"));
    Fixtures.writeCifar(FORMAT, directory);
    folder = directory.resolve("cifar-10-batches-bin");
  }

  @Test
  void readsTheOfficialLayoutInOrder() throws IOException {
    try (Dataset dataset = Fixtures.open(factory, directory, Map.of("augment", "false"))) {
      assertThat(dataset.size(Split.TRAIN)).isEqualTo(25);
      assertThat(dataset.size(Split.TEST)).isEqualTo(4);
      for (int index : new int[] {0, 4, 5, 24}) {
        assertThat(Fixtures.label(dataset, Split.TRAIN, index)).isEqualTo(index % 10);
        requirePixels(Fixtures.read(dataset, Split.TRAIN, index, 0), index);
      }
      requirePixels(Fixtures.read(dataset, Split.TEST, 3, 0), 103);
    }
  }

  private static void requirePixels(float[] image, int number) {
    for (int position = 0; position < image.length; position++) {
      int channel = position / 1024;
      double value = Fixtures.pixel(number, position) & 0xFF;
      assertThat(image[position])
          .isCloseTo((float) ((value - MEANS[channel]) / DEVIATIONS[channel]), within(1e-5f));
    }
  }

  @Test
  void takesTheOfficialFolderItselfToo() throws IOException {
    try (Dataset outer = Fixtures.open(factory, directory, Map.of());
        Dataset inner = Fixtures.open(factory, folder, Map.of())) {
      assertThat(inner.fingerprint()).isEqualTo(outer.fingerprint());
    }
  }

  @Test
  void usesTheFineLabelOfCifar100() throws IOException {
    CifarFormat format = Fixtures.small(CifarFormat.CIFAR_100);
    Fixtures.writeCifar(format, directory);
    try (Dataset dataset = Fixtures.open(new CifarFactory(format), directory, Map.of())) {
      assertThat(dataset.classNames()).hasSize(100).contains("aquarium_fish", "worm");
      assertThat(Fixtures.label(dataset, Split.TRAIN, 3)).isEqualTo(3);
    }
  }

  /** Every augmented image is one of the 81 shifts of the padded image or of its mirror image. */
  @Test
  void augmentsByShiftingThePaddedImageAndMirroring() throws IOException {
    try (Dataset dataset = Fixtures.open(factory, directory, Map.of());
        Dataset plain = Fixtures.open(factory, directory, Map.of("augment", "false"))) {
      float[] original = Fixtures.read(plain, Split.TRAIN, 7, 0);
      HashSet<Integer> seen = new HashSet<>();
      int mirrored = 0;
      int draws = 4000;
      for (int epoch = 0; epoch < draws; epoch++) {
        int kind = kindOf(Fixtures.read(dataset, Split.TRAIN, 7, epoch), original);
        assertThat(kind).as("epoch %d, seed 7", epoch).isNotNegative();
        seen.add(kind);
        mirrored += kind >= 81 ? 1 : 0;
      }
      // The chance to miss one of 162 kinds in 4,000 draws is below 162·e^(−4000/162) = 3e−9.
      assertThat(seen).hasSize(162);
      // Binomial with p = 1/2: four standard errors are 2·sqrt(4000).
      assertThat(mirrored).as("seed 7").isCloseTo(2000, within(127));
    }
  }

  @Test
  void alternatingShowsEachImageMirroredInOneOfTwoEpochsHoweverShifted() throws IOException {
    try (Dataset dataset = Fixtures.open(factory, directory, Map.of("flip", "alternating"));
        Dataset random = Fixtures.open(factory, directory, Map.of());
        Dataset unflipped = Fixtures.open(factory, directory, Map.of("flip", "none"))) {
      for (int index = 0; index < dataset.size(Split.TRAIN); index++) {
        float[] original = new float[3072];
        dataset.read(Split.TRAIN, index, null, FloatBuffer.wrap(original));
        for (int epoch = 1; epoch <= 5; epoch++) {
          int kind = kindOf(Fixtures.read(dataset, Split.TRAIN, index, epoch), original);
          int next = kindOf(Fixtures.read(dataset, Split.TRAIN, index, epoch + 1), original);
          int usual = kindOf(Fixtures.read(random, Split.TRAIN, index, epoch), original);
          assertThat(kind >= 81)
              .as("image %d, epoch %d, seed 7", index, epoch)
              .isNotEqualTo(next >= 81);
          assertThat(kind % 81).as("the same shift as without").isEqualTo(usual % 81);
          assertThat(kindOf(Fixtures.read(unflipped, Split.TRAIN, index, epoch), original))
              .isEqualTo(usual % 81);
        }
      }
    }
  }

  /** Returns 0 to 80 for a shift, 81 to 161 for a shift of the mirrored image, −1 for neither. */
  private static int kindOf(float[] image, float[] original) {
    for (int kind = 0; kind < 162; kind++) {
      if (matches(image, original, kind % 81 / 9 - 4, kind % 9 - 4, kind >= 81)) {
        return kind;
      }
    }
    return -1;
  }

  private static boolean matches(
      float[] image, float[] original, int rowShift, int columnShift, boolean mirror) {
    for (int position = 0; position < 3072; position++) {
      int row = position % 1024 / 32 + rowShift;
      int column = (mirror ? 31 - position % 32 : position % 32) + columnShift;
      boolean inside = row >= 0 && row < 32 && column >= 0 && column < 32;
      float expected = inside ? original[position / 1024 * 1024 + row * 32 + column] : 0;
      if (image[position] != expected) {
        return false;
      }
    }
    return true;
  }

  @Test
  void readsNoMoreFilesThanTheLimitNeeds() throws IOException {
    Files.delete(folder.resolve("data_batch_5.bin"));
    try (Dataset dataset = Fixtures.open(factory, directory, Map.of("train-limit", "7"))) {
      assertThat(dataset.size(Split.TRAIN)).isEqualTo(7);
      assertThat(Fixtures.label(dataset, Split.TRAIN, 6)).isEqualTo(6);
    }
  }

  @Test
  void takesClassNamesFromTheirFile() throws IOException {
    List<String> names = IntStream.range(0, 10).mapToObj(label -> "class " + label).toList();
    Path file = folder.resolve("batches.meta.txt");
    Files.writeString(file, String.join("\r\n", names) + "\n\n");
    try (Dataset dataset = Fixtures.open(factory, directory, Map.of())) {
      assertThat(dataset.classNames()).isEqualTo(names);
      assertThat(dataset.notices()).singleElement().asString().contains(file + " names other");
    }
    Files.writeString(file, "one\ntwo\n");
    refused(
        file
            + ": found 2 class names in 8 bytes, expected 10 different names, one a line; correct"
            + " the file, or remove it to use the official names");
  }

  @Test
  void saysHowToGetAMissingFile() throws IOException {
    Files.delete(folder.resolve("data_batch_3.bin"));
    refused(
        "dataset cifar-10: "
            + folder
            + " lacks 1 of the 6 files (data_batch_3.bin); give the directory of its files by --data-dir, or download them: roundel data fetch cifar-10 --data-dir "
            + directory);
  }

  @Test
  void refusesAFileOfTheWrongLength() throws IOException {
    Path file = folder.resolve("test_batch.bin");
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 1));
    refused(
        file
            + ": the file has 12,291 bytes, expected 12,292 (4 records of 3,073); remove the file"
            + " and get it again by 'roundel data fetch'");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    Path file = folder.resolve("data_batch_2.bin");
    byte[] content = Files.readAllBytes(file);
    content[3 * 3073] = (byte) 200;
    Files.write(file, content);
    refused(
        file
            + ": label 200 in record 3; allowed: 0 to 9; remove the file and get it again by 'roundel data fetch'");
  }

  @Test
  void verifySaysWhatEachFileIs() throws IOException {
    Files.write(folder.resolve("data_batch_2.bin"), new byte[3]);
    List<String> details = Fixtures.details(factory, directory);
    assertThat(details).hasSize(7);
    assertThat(details.get(0))
        .matches(
            ".*data_batch_1.bin USABLE 5 images, SHA-256 [0-9a-f]{64} \\(none is published for this"
                + " file\\)");
    assertThat(details.get(1)).contains("data_batch_2.bin UNUSABLE", "3 bytes, expected 15,365");
    assertThat(details.get(6)).endsWith("USABLE not there, the published class names are used");
  }

  @Test
  void cannotBeReadAfterItIsClosed() throws IOException {
    Dataset dataset = Fixtures.open(factory, directory, Map.of());
    dataset.close();
    assertThatThrownBy(() -> Fixtures.read(dataset, Split.TEST, 0, 0))
        .isInstanceOf(IllegalStateException.class);
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Fixtures.open(factory, directory, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
