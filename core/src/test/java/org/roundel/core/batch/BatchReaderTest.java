package org.roundel.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.core.training.CountingDataset;
import org.roundel.core.training.TestingPlugin;

class BatchReaderTest {
  private static final long SEED = 5;

  private static Dataset blobs(String failAt) {
    DatasetFactory factory = new TestingPlugin().datasets().get(0);
    try {
      return factory.create(Options.of(factory.options(), Map.of("fail-at", failAt)), Path.of("."));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static List<String> read(BatchReader reader, int epoch, int firstBatch)
      throws IOException {
    List<String> batches = new ArrayList<>();
    reader.start(epoch, firstBatch);
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      FloatBuffer floats = Tensors.floats(batch.images());
      float[] images = new float[floats.capacity()];
      floats.get(0, images);
      batches.add(Arrays.toString(batch.labels()) + Arrays.toString(images));
    }
    return batches;
  }

  @Test
  void aPassIsAFunctionOfSeedAndEpochAndMayStartAnywhere() throws IOException {
    try (BatchReader reader = new BatchReader(blobs("-1"), Split.TRAIN, 16, SEED);
        BatchReader other = new BatchReader(blobs("-1"), Split.TRAIN, 16, SEED)) {
      List<String> whole = read(reader, 3, 0);

      assertThat(whole).hasSize(4);
      assertThat(read(other, 3, 0)).isEqualTo(whole);
      assertThat(read(other, 3, 2)).isEqualTo(whole.subList(2, 4));
      assertThat(read(other, 3, 4)).isEmpty();
      assertThat(read(other, 2, 0)).isNotEqualTo(whole);
    }
  }

  @Test
  void everyImageComesOnceWithItsOwnAugmentation() throws IOException {
    Dataset dataset = blobs("-1");
    int[] order = EpochOrder.shuffled(SEED, 7, dataset.size(Split.TRAIN));
    try (BatchReader reader = new BatchReader(dataset, Split.TRAIN, 16, SEED)) {
      reader.start(7, 0);
      int position = 0;
      float[] expected = new float[4];
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        assertThat(batch.epoch()).isEqualTo(7);
        for (int image = 0; image < batch.size(); image++) {
          int index = batch.indices()[image];
          assertThat(index).isEqualTo(order[position++]);
          Augmentation augmentation = Augmentation.of(SEED, batch.epoch(), index);
          int label = dataset.read(batch.split(), index, augmentation, FloatBuffer.wrap(expected));
          float[] actual = new float[4];
          Tensors.floats(batch.images()).get(4 * image, actual);
          assertThat(batch.labels()[image]).isEqualTo(label);
          assertThat(actual).isEqualTo(expected);
        }
      }
      assertThat(position).isEqualTo(58);
    }
  }

  @Test
  void aDatasetMayWriteItsImagesByRelativePuts() throws IOException {
    Dataset relative =
        new CountingDataset(blobs("-1")) {
          @Override
          public int read(
              Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
              throws IOException {
            float[] values = new float[4];
            int label = super.read(split, index, augmentation, FloatBuffer.wrap(values));
            image.put(values);
            return label;
          }
        };
    try (BatchReader reader = new BatchReader(blobs("-1"), Split.TRAIN, 16, SEED);
        BatchReader other = new BatchReader(relative, Split.TRAIN, 16, SEED)) {
      assertThat(read(other, 1, 0)).isEqualTo(read(reader, 1, 0));
      assertThat(read(other, 2, 0)).isEqualTo(read(reader, 2, 0));
    }
  }

  @Test
  void theLastBatchIsSmaller() throws IOException {
    try (BatchReader reader = new BatchReader(blobs("-1"), Split.TRAIN, 16, SEED)) {
      assertThat(reader.batchesPerPass()).isEqualTo(4);
      assertThat(reader.fullBatchesPerPass()).isEqualTo(3);
      assertThat(reader.batchSize()).isEqualTo(16);
      reader.start(1, 3);
      Batch last = reader.next();
      assertThat(last).isNotNull();
      assertThat(last.size()).isEqualTo(58 - 3 * 16);
      assertThat(last.images().shape()).containsExactly(10, 1, 2, 2);
    }
  }

  @Test
  void aBatchLargerThanTheSplitHoldsAllOfIt() throws IOException {
    try (BatchReader reader = new BatchReader(blobs("-1"), Split.TEST, 1000, SEED)) {
      assertThat(read(reader, 1, 0)).hasSize(1);
      assertThat(reader.fullBatchesPerPass()).isEqualTo(1);
      assertThat(reader.batchSize()).isEqualTo(30);
    }
  }

  @Test
  void testImagesComeInTheirOrder() throws IOException {
    try (BatchReader reader = new BatchReader(blobs("-1"), Split.TEST, 16, SEED)) {
      reader.start(1, 1);
      Batch last = reader.next();
      assertThat(last).isNotNull();
      assertThat(last.split()).isEqualTo(Split.TEST);
      assertThat(last.indices()).isEqualTo(IntStream.range(16, 30).toArray());
    }
  }

  @Test
  void startingAgainInTheMiddleOfAPassGivesAWholePass() throws IOException {
    try (BatchReader reader = new BatchReader(blobs("-1"), Split.TRAIN, 4, SEED)) {
      List<String> whole = read(reader, 1, 0);
      for (int taken = 0; taken < 6; taken++) {
        reader.start(1, 0);
        for (int batch = 0; batch < taken; batch++) {
          reader.next();
        }
        assertThat(read(reader, 1, 0)).isEqualTo(whole);
      }
    }
  }

  @Test
  void aFailureComesAfterTheBatchesBeforeItAndTheReaderIsUsableAgain() throws IOException {
    Dataset dataset = blobs("9");
    int[] order = EpochOrder.shuffled(SEED, 1, 58);
    int position = 0;
    while (order[position] != 9) {
      position++;
    }
    int good = position / 4;
    try (BatchReader reader = new BatchReader(dataset, Split.TRAIN, 4, SEED)) {
      reader.start(1, 0);
      for (int batch = 0; batch < good; batch++) {
        assertThat(reader.next()).isNotNull();
      }
      assertThatThrownBy(reader::next)
          .isInstanceOf(IOException.class)
          .hasMessage("image 9 is gone");
      reader.start(1, good + 1);
      assertThat(reader.next()).isNotNull();
    }
  }

  @Test
  @Timeout(60)
  void aDatasetThatInterruptsItsThreadIsHeardOf() throws IOException {
    Dataset interrupting =
        new CountingDataset(blobs("-1")) {
          @Override
          public int read(
              Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
              throws IOException {
            Thread.currentThread().interrupt();
            return super.read(split, index, augmentation, image);
          }
        };
    try (BatchReader reader = new BatchReader(interrupting, Split.TEST, 1, SEED)) {
      reader.start(1, 0);
      assertThatThrownBy(
              () -> {
                while (reader.next() != null) {
                  // Batches that were there before.
                }
              })
          .hasMessage("a thread that reads images was interrupted");
    }
  }

  @Test
  void closingEndsTheThread() throws IOException {
    BatchReader reader = new BatchReader(blobs("-1"), Split.TEST, 1, SEED);
    reader.start(1, 0);
    reader.next();
    reader.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("roundel-batches-test"));
  }

  @Test
  void theOrderIsAPermutationThatDiffersByEpochAndSeed() {
    int[] order = EpochOrder.shuffled(SEED, 1, 1000);
    assertThat(Arrays.stream(order).sorted().toArray()).isEqualTo(EpochOrder.inOrder(1000));
    assertThat(EpochOrder.shuffled(SEED, 2, 1000)).isNotEqualTo(order);
    assertThat(EpochOrder.shuffled(6, 1, 1000)).isNotEqualTo(order);
    assertThat(EpochOrder.shuffled(SEED, 1, 1)).containsExactly(0);
  }

  @Test
  void everyPlaceOfTheOrderIsEquallyLikely() {
    int size = 5;
    int epochs = 20_000;
    int[][] counts = new int[size][size];
    for (int epoch = 1; epoch <= epochs; epoch++) {
      int[] order = EpochOrder.shuffled(SEED, epoch, size);
      for (int place = 0; place < size; place++) {
        counts[place][order[place]]++;
      }
    }
    // Six standard errors of a binomial count with p = 1/5.
    double bound = 6 * Math.sqrt(epochs * 0.2 * 0.8);
    for (int[] place : counts) {
      for (int count : place) {
        assertThat(Math.abs(count - epochs * 0.2)).as("seed " + SEED).isLessThan(bound);
      }
    }
  }
}
