package org.roundel.datasets.fashion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.Fixtures;

class FashionMnistTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private final DatasetFactory factory =
      new FashionMnistFactory(Fixtures.TRAIN_SIZE, Fixtures.TEST_SIZE);

  /** What lies beside the directory counts, so that is the test's own, too. */
  @TempDir Path outer;

  private Path directory;

  @BeforeEach
  void write() throws IOException {
    directory = Files.createDirectory(outer.resolve("data"));
    Fixtures.writeFashionMnist(directory, false);
  }

  @Test
  void plainAndCompressedFilesAreTheSameDataset(@TempDir Path other) throws IOException {
    Fixtures.writeFashionMnist(other, true);
    try (Dataset plain = Fixtures.open(factory, directory, Map.of());
        Dataset compressed = Fixtures.open(factory, other, Map.of())) {
      assertThat(compressed.fingerprint()).isEqualTo(plain.fingerprint());
      assertThat(Fixtures.read(compressed, Split.TEST, 19, 0))
          .isEqualTo(Fixtures.read(plain, Split.TEST, 19, 0));
    }
  }

  @Test
  void normalizesByTheTrainingSetsMeanAndDeviation() throws IOException {
    try (Dataset dataset = Fixtures.open(factory, directory, Map.of())) {
      float[] image = Fixtures.read(dataset, Split.TRAIN, 3, 0);
      for (int position = 0; position < image.length; position++) {
        int value = Fixtures.pixel(3, position) & 0xFF;
        assertThat(image[position])
            .isCloseTo((float) ((value / 255.0 - 0.28604) / 0.35302), within(1e-4f));
      }
    }
  }

  @Test
  void keepsTheFirstImagesWhenAskedTo() throws IOException {
    try (Dataset all = Fixtures.open(factory, directory, Map.of());
        Dataset few =
            Fixtures.open(factory, directory, Map.of("train-limit", "5", "test-limit", "2"))) {
      assertThat(few.size(Split.TRAIN)).isEqualTo(5);
      assertThat(few.size(Split.TEST)).isEqualTo(2);
      assertThat(Fixtures.read(few, Split.TRAIN, 4, 0))
          .isEqualTo(Fixtures.read(all, Split.TRAIN, 4, 0));
      assertThat(few.fingerprint()).isNotEqualTo(all.fingerprint());
    }
  }

  @Test
  void refusesALimitAboveTheNumberOfImages() {
    assertThatThrownBy(() -> Fixtures.open(factory, directory, Map.of("train-limit", "31")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "option 'train-limit' asks for 31 images of 30; give at most that many, or 0 for all");
  }

  @Test
  void saysHowToGetMissingFiles() throws IOException {
    Files.delete(directory.resolve(IMAGES));
    Files.delete(directory.resolve(LABELS));
    refused(
        "dataset fashion-mnist: "
            + directory
            + " lacks 2 of the 4 files (train-images-idx3-ubyte, train-labels-idx1-ubyte);"
            + " give the directory of its files by --data-dir, or download them: roundel data fetch"
            + " fashion-mnist --data-dir "
            + directory);
  }

  @Test
  void tellsWhoTrainsOnOtherContentThanThePublished() throws IOException {
    try (Dataset other = Fixtures.open(factory, directory, Map.of("train-limit", "3"))) {
      assertThat(other.notices())
          .containsExactly(
              "dataset fashion-mnist: 4 of 4 files in "
                  + directory
                  + " are not the published ones (MNIST's have the same names and form), so errors"
                  + " on them are not errors on fashion-mnist");
    }
  }

  /** Browsers unpack on the way and leave the name, and some servers pack. */
  @Test
  void readsPackedAndPlainFilesWhateverTheirNamesSay() throws IOException {
    Files.move(directory.resolve(IMAGES), directory.resolve(IMAGES + ".gz"));
    Files.write(directory.resolve(LABELS), Fixtures.compressed(Fixtures.idxLabels(30)));
    try (Dataset dataset = Fixtures.open(factory, directory, Map.of())) {
      assertThat(Fixtures.label(dataset, Split.TRAIN, 4)).isEqualTo(4);
    }
  }

  @Test
  void refusesAForeignFile() throws IOException {
    Files.write(directory.resolve(IMAGES), Fixtures.idxLabels(30));
    damaged(IMAGES, "not an IDX file of images: it starts with 0x00000801, expected 0x00000803");
  }

  @Test
  void refusesOtherDimensionsWithoutBelievingThem() throws IOException {
    byte[] lying = Fixtures.idxImages(30);
    ByteBuffer.wrap(lying).putInt(4, -1);
    Files.write(directory.resolve(IMAGES), lying);
    damaged(IMAGES, "the header says 4,294,967,295 images, expected 30");
    ByteBuffer.wrap(lying).putInt(4, 30).putInt(8, 32);
    Files.write(directory.resolve(IMAGES), lying);
    damaged(IMAGES, "the header says 32 rows, expected 28");
  }

  @Test
  void refusesAShortFile() throws IOException {
    byte[] content = Fixtures.idxImages(30);
    Files.write(directory.resolve(IMAGES), Arrays.copyOf(content, content.length - 1));
    damaged(IMAGES, "the file is cut short: it ends before its last record");
    Files.write(directory.resolve(IMAGES), Arrays.copyOf(content, 10));
    damaged(IMAGES, "the file is cut short: it ends before its last record");
  }

  @Test
  void refusesALongFile() throws IOException {
    byte[] content = Fixtures.idxImages(30);
    Files.write(directory.resolve(IMAGES), Arrays.copyOf(content, content.length + 1));
    damaged(IMAGES, "there is more after the last of 30 records");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    byte[] content = Fixtures.idxLabels(30);
    content[8 + 12] = 10;
    Files.write(directory.resolve(LABELS), content);
    damaged(LABELS, "label 10 of image 12; allowed: 0 to 9");
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    Files.delete(directory.resolve(IMAGES));
    String name = IMAGES + ".gz";
    byte[] content = Fixtures.compressed(Fixtures.idxImages(30));
    Files.write(directory.resolve(name), Arrays.copyOf(content, content.length / 2));
    damaged(name, "the file is cut short: it ends before its last record");
    Files.write(directory.resolve(name), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    damaged(name, "not an IDX file of images: it starts with 0x01020304, expected 0x00000803");
    Files.writeString(directory.resolve(name), "<!DOCTYPE html>");
    damaged(
        name,
        "not an IDX file of images: it starts with 0x3c21444f like a web page, expected"
            + " 0x00000803");
    Files.write(directory.resolve(name), new byte[0]);
    damaged(name, "the file is cut short: it ends before its last record");
    Files.write(directory.resolve(name), Arrays.copyOf(content, 5));
    damaged(name, "the file is cut short: it ends before its last record");
    content[content.length - 8]++;
    Files.write(directory.resolve(name), content);
    damaged(name, "the compressed data is damaged (Corrupt GZIP trailer)");
  }

  @Test
  void verifySaysWhatEachFileIs() throws IOException {
    Files.delete(directory.resolve(LABELS));
    Files.write(directory.resolve("t10k-labels-idx1-ubyte"), new byte[9]);
    String cure = "; remove the file and get it again by 'roundel data fetch'";
    assertThat(Fixtures.details(factory, directory))
        .containsExactly(
            LABELS
                + " UNUSABLE dataset fashion-mnist: "
                + directory
                + " lacks 1 of the 4 files (train-labels-idx1-ubyte); give the directory of its files by --data-dir, or download them: roundel data fetch fashion-mnist"
                + " --data-dir "
                + directory,
            IMAGES + " DIFFERENT 30 images, well-formed, but the content is not the published one",
            "t10k-images-idx3-ubyte DIFFERENT 20 images, well-formed, but the content is not the"
                + " published one",
            "t10k-labels-idx1-ubyte UNUSABLE "
                + directory.resolve("t10k-labels-idx1-ubyte")
                + ": not an IDX file of labels: it starts with 0x00000000, expected 0x00000801"
                + cure);
  }

  @Test
  void downloadsTheFourFilesOverHttps() {
    assertThat(factory.downloads())
        .hasSize(4)
        .allMatch(download -> download.address().getScheme().equals("https"))
        .allMatch(download -> download.address().getPath().endsWith(download.fileName()));
  }

  private void damaged(String file, String fault) {
    refused(
        directory.resolve(file)
            + ": "
            + fault
            + "; remove the file and get it again by 'roundel data fetch'");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Fixtures.open(factory, directory, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }
}
