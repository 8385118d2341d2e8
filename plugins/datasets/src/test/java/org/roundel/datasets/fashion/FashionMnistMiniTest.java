package org.roundel.datasets.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.Fixtures;
import org.roundel.datasets.file.HashingInputStream;

class FashionMnistMiniTest {
  private static final Path NOWHERE = Path.of("nowhere");

  @Test
  void holdsTheFirstImagesOfEachClass() throws Exception {
    // From a Python program of a few lines that makes the same cut from the official files.
    assertThat(content("train-images-idx3-ubyte.gz")).isEqualTo(TRAIN_IMAGES);
    assertThat(content("t10k-images-idx3-ubyte.gz")).isEqualTo(TEST_IMAGES);
  }

  private static final String TRAIN_IMAGES =
      "c7084bb6d8547680a90d1b7e62eef652b321599dcc052cb47df709f6ae65b129";
  private static final String TEST_IMAGES =
      "1b9a1884bcce59552fe06b761ebbd50c82321ffbf0a6fbbc881318e5bf226d2a";

  @Test
  void hasEachClassOnceInEveryTenImages() throws IOException {
    try (Dataset dataset = Fixtures.open(new FashionMnistMiniFactory(), NOWHERE, Map.of())) {
      assertThat(dataset.size(Split.TRAIN)).isEqualTo(10_000);
      assertThat(dataset.size(Split.TEST)).isEqualTo(2_000);
      for (Split split : Split.values()) {
        for (int first = 0; first < dataset.size(split); first += 500) {
          Set<Integer> labels = new HashSet<>();
          for (int index = first; index < first + 10; index++) {
            labels.add(Fixtures.label(dataset, split, index));
          }
          assertThat(labels).hasSize(10);
        }
      }
    }
  }

  @Test
  void isNormalizedToMeanZeroAndDeviationOne() throws IOException {
    try (Dataset dataset = Fixtures.open(new FashionMnistMiniFactory(), NOWHERE, Map.of())) {
      double sum = 0;
      double squares = 0;
      for (int index = 0; index < dataset.size(Split.TRAIN); index++) {
        for (float value : Fixtures.read(dataset, Split.TRAIN, index, 0)) {
          sum += value;
          squares += value * value;
        }
      }
      double count = dataset.size(Split.TRAIN) * 784.0;
      // The constants are those of all 60,000 images, of which these are a balanced sixth. The
      // images' mean brightness varies by about 0.5, so its mean over 10,000 by 0.005; 4 of these.
      assertThat(sum / count).isBetween(-0.02, 0.02);
      assertThat(squares / count).isBetween(0.97, 1.03);
    }
  }

  @Test
  void carriesItsLicence() throws IOException {
    try (InputStream licence =
        FashionMnistMiniFactory.class.getResourceAsStream("fashion-mnist-mini/LICENSE")) {
      assertThat(licence).isNotNull();
      assertThat(new String(licence.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("The MIT License", "Zalando SE");
    }
  }

  private static String content(String file) throws IOException {
    try (InputStream in =
            FashionMnistMiniFactory.class.getResourceAsStream("fashion-mnist-mini/" + file);
        HashingInputStream unpacked = new HashingInputStream(new GZIPInputStream(in))) {
      unpacked.transferTo(java.io.OutputStream.nullOutputStream());
      return unpacked.sha256();
    }
  }
}
