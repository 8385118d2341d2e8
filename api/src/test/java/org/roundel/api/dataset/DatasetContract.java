package org.roundel.api.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.ComponentFactory;
import org.roundel.api.ComponentFactoryContract;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

/**
 * What every dataset must do. A plugin's test extends this class, names its factory and, where the
 * dataset is made of files, writes a few small ones.
 *
 * <p>At most {@value #MOST_IMAGES} images of each split are read.
 */
public abstract class DatasetContract extends ComponentFactoryContract<DatasetFactory> {
  private static final int MOST_IMAGES = 40;
  private static final int MARGIN = 7;
  private static final long SEED = 20_170_607L;

  @TempDir Path directory;
  private Dataset dataset;

  /** Returns the values of options that differ from the default in the tests. */
  protected Map<String, String> options() {
    return Map.of();
  }

  /** Writes the dataset's files into an empty directory. The default writes none. */
  protected void prepare(Path directory) throws IOException {}

  /** Returns another instance of the dataset, over the same files; the caller closes it. */
  protected final Dataset open() throws IOException {
    return create(factory(), options(options()));
  }

  @Override
  protected final Dataset create(DatasetFactory factory, Options options) throws IOException {
    return factory.create(options, directory);
  }

  @Override
  protected final List<? extends ComponentFactory> offeredBy(RoundelPlugin plugin) {
    return plugin.datasets();
  }

  @BeforeEach
  final void openDataset() throws IOException {
    prepare(directory);
    dataset = open();
  }

  @AfterEach
  final void closeDataset() {
    dataset.close();
  }

  @Test
  final void hasClassesAndImages() {
    assertThat(dataset.classNames()).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
    assertThat(dataset.size(Split.TRAIN)).isPositive();
    assertThat(dataset.size(Split.TEST)).isPositive();
  }

  @Test
  final void deliversFiniteImagesWithLabelsInRange() throws IOException {
    for (Split split : Split.values()) {
      for (int index : indices(split)) {
        float[] image = read(dataset, split, index, 0);
        int label = (int) image[image.length - 1];
        assertThat(label)
            .as("label of %s image %d", split, index)
            .isBetween(0, dataset.classNames().size() - 1);
        int notFinite = 0;
        for (float value : image) {
          notFinite += Float.isFinite(value) ? 0 : 1;
        }
        assertThat(notFinite).as("NaN or infinite values in %s image %d", split, index).isZero();
      }
    }
  }

  @Test
  final void writesTheImageFromPositionZeroAndNothingElse() throws IOException {
    int length = dataset.inputShape().length();
    for (Split split : Split.values()) {
      FloatBuffer memory = FloatBuffer.allocate(length + 2 * MARGIN);
      for (int position = 0; position < memory.capacity(); position++) {
        memory.put(position, Float.NaN);
      }
      FloatBuffer image = memory.slice(MARGIN, length + MARGIN);
      dataset.read(split, 0, augmentation(0, 0), image);
      for (int position = 0; position < memory.capacity(); position++) {
        boolean inside = position >= MARGIN && position < MARGIN + length;
        assertThat(Float.isNaN(memory.get(position)))
            .as("%s: nothing was written at %d", split, position - MARGIN)
            .isEqualTo(!inside);
      }
    }
  }

  @Test
  final void writesFromPositionZeroWhateverTheBuffersPosition() throws IOException {
    FloatBuffer moved = FloatBuffer.allocate(dataset.inputShape().length());
    moved.position(1);
    int label = dataset.read(Split.TRAIN, 0, augmentation(0, 0), moved);
    float[] expected = read(dataset, Split.TRAIN, 0, 0);
    assertThat(label).isEqualTo((int) expected[expected.length - 1]);
    assertThat(moved.array()).isEqualTo(Arrays.copyOf(expected, moved.capacity()));
  }

  @Test
  final void anImageDependsOnSeedEpochAndIndexOnly() throws Exception {
    for (Split split : Split.values()) {
      int[] indices = indices(split);
      List<float[]> expected = new ArrayList<>();
      for (int index : indices) {
        expected.add(read(dataset, split, index, 3));
      }
      try (Dataset other = open()) {
        // Backwards and after another epoch, from two threads at a time.
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
          List<Future<float[]>> results = new ArrayList<>();
          for (int position = indices.length - 1; position >= 0; position--) {
            results.add(threads.submit(reader(other, split, indices[position])));
          }
          for (int position = 0; position < indices.length; position++) {
            assertThat(results.get(indices.length - 1 - position).get())
                .as("%s image %d, seed %d", split, indices[position], SEED)
                .isEqualTo(expected.get(position));
          }
        } finally {
          threads.shutdownNow();
        }
      }
    }
  }

  @Test
  final void testImagesUseNoRandomNumbers() throws IOException {
    for (int index : indices(Split.TEST)) {
      assertThat(read(dataset, Split.TEST, index, 1))
          .as("test image %d", index)
          .isEqualTo(read(dataset, Split.TEST, index, 2));
    }
  }

  @Test
  final void hasTheSameFingerprintEveryTime() throws IOException {
    assertThat(dataset.fingerprint()).matches("[0-9a-f]{64}").isEqualTo(dataset.fingerprint());
    try (Dataset other = open()) {
      assertThat(other.fingerprint()).isEqualTo(dataset.fingerprint());
    }
  }

  @Test
  final void mayBeClosedTwice() throws IOException {
    Dataset other = open();
    other.close();
    other.close();
  }

  @Test
  final void verifiesItsOwnFiles() throws IOException {
    assertThat(factory().verify(directory)).allMatch(FileCheck::valid);
  }

  @Test
  final void saysWhichFileIsMissingOrNeedsNone(@TempDir Path empty) throws IOException {
    Path missing = empty.resolve("nothing-here");
    Options options = options(options());
    if (factory().needsDirectory()) {
      assertThatThrownBy(() -> factory().create(options, missing).close())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(missing.toString());
      assertThat(factory().verify(missing)).anyMatch(check -> !check.valid());
    } else {
      factory().create(options, missing).close();
      assertThat(factory().verify(missing)).isEmpty();
    }
    assertThat(Files.exists(missing)).as("a reader made the directory").isFalse();
  }

  private Callable<float[]> reader(Dataset from, Split split, int index) {
    return () -> {
      read(from, split, index, 4);
      return read(from, split, index, 3);
    };
  }

  /** Returns the image's values, and after them the label. */
  private static float[] read(Dataset from, Split split, int index, long epoch) throws IOException {
    int length = from.inputShape().length();
    float[] result = new float[length + 1];
    FloatBuffer image = FloatBuffer.wrap(result, 0, length).slice();
    result[length] = from.read(split, index, augmentation(epoch, index), image);
    return result;
  }

  private static RandomSource augmentation(long epoch, int index) {
    return RandomSource.of(SEED, RandomPurpose.AUGMENT, epoch).forTensor(index);
  }

  /** The first and the last image and some between. */
  private int[] indices(Split split) {
    int size = dataset.size(split);
    int count = Math.min(size, MOST_IMAGES);
    int[] indices = new int[count];
    for (int position = 1; position < count; position++) {
      indices[position] = (int) ((long) position * (size - 1) / (count - 1));
    }
    return indices;
  }
}
