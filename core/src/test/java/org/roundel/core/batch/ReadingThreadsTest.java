package org.roundel.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.core.training.CountingDataset;
import org.roundel.core.training.TestingPlugin;
import org.roundel.threads.PassThreads;

/** Several threads read what one reads, and fail as one does. */
@Timeout(30)
class ReadingThreadsTest {
  private static final long SEED = 5;
  private static final int IMAGES = 58;
  private static final int BATCH = 8;

  private int computing;

  @BeforeEach
  void computeWithTwoThreads() {
    computing = PassThreads.count();
    PassThreads.setCount(2);
  }

  @AfterEach
  void computeAsBefore() {
    PassThreads.setCount(computing);
  }

  private static Dataset blobs() {
    DatasetFactory factory = new TestingPlugin().datasets().get(0);
    try {
      return factory.create(Options.defaults(factory.options()), Path.of("."));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** What happens before an image is read. */
  private interface Before {
    void read(int index) throws IOException;
  }

  private static Dataset blobs(Before before) {
    return new CountingDataset(blobs()) {
      @Override
      public int read(
          Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
          throws IOException {
        before.read(index);
        return super.read(split, index, augmentation, image);
      }
    };
  }

  private static BatchReader reader(Dataset dataset, Split split, int threads) {
    BatchReader reader = new BatchReader(dataset, split, BATCH, SEED);
    reader.setThreads(threads);
    return reader;
  }

  private static List<String> read(BatchReader reader, int epoch, int firstBatch)
      throws IOException {
    List<String> batches = new ArrayList<>();
    reader.start(epoch, firstBatch);
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      FloatBuffer floats = Tensors.floats(batch.images());
      float[] images = new float[floats.capacity()];
      floats.get(0, images);
      batches.add(
          Arrays.toString(batch.indices())
              + Arrays.toString(batch.labels())
              + Arrays.toString(images));
    }
    return batches;
  }

  private static void pause(long microseconds) {
    LockSupport.parkNanos(1000 * microseconds);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void anyNumberOfThreadsReadsTheSame(int threads) throws IOException {
    // Some take much longer than others, so they end in another order than they begin.
    Dataset uneven = blobs(index -> pause(index % 5 == 0 ? 1500 : index % 3 * 100));
    for (Split split : Split.values()) {
      try (BatchReader one = reader(blobs(), split, 1);
          BatchReader several = reader(uneven, split, threads)) {
        for (int epoch = 1; epoch <= 3; epoch++) {
          List<String> whole = read(one, epoch, 0);
          assertThat(read(several, epoch, 0)).isEqualTo(whole);
          int middle = whole.size() / 2;
          assertThat(read(several, epoch, middle)).isEqualTo(whole.subList(middle, whole.size()));
        }
      }
    }
  }

  /** Image 9 of the pass cannot be read, nor can the two after it, of which one fails first. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7})
  void theFailureThatComesFirstInThePassIsTold(int threads) throws IOException {
    int[] order = EpochOrder.shuffled(SEED, 1, IMAGES);
    Dataset broken =
        blobs(
            index -> {
              if (index == order[2 * BATCH + 1]) {
                pause(20_000);
                throw new IOException("first");
              }
              if (index == order[2 * BATCH + 2]) {
                throw new IllegalStateException("second");
              }
              if (index == order[2 * BATCH + 3]) {
                pause(5_000);
                throw new AssertionError("third");
              }
              if (index == order[2 * BATCH]) {
                pause(40_000);
              }
            });
    List<String> whole;
    try (BatchReader good = reader(blobs(), Split.TRAIN, 1)) {
      whole = read(good, 1, 0);
    }
    try (BatchReader reader = reader(broken, Split.TRAIN, threads)) {
      for (int repeat = 0; repeat < 5; repeat++) {
        reader.start(1, 0);
        List<Batch> before = new ArrayList<>(List.of(reader.next(), reader.next()));
        assertThat(before).doesNotContainNull();
        assertThatThrownBy(reader::next).isInstanceOf(IOException.class).hasMessage("first");
        assertThat(reader.next()).isNull();
      }
      assertThat(read(reader, 1, 3)).isEqualTo(whole.subList(3, whole.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void whatADatasetThrowsIsThrown(int threads) throws IOException {
    for (Throwable thrown :
        List.of(new IllegalStateException("thrown"), new NoClassDefFoundError("thrown"))) {
      Dataset throwing =
          blobs(
              index -> {
                if (thrown instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) thrown;
              });
      try (BatchReader reader = reader(throwing, Split.TEST, threads)) {
        reader.start(1, 0);
        assertThatThrownBy(reader::next).isSameAs(thrown);
      }
    }
  }

  /** The others read the arrays full that there are, and wait; closing ends them all. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aReadThatHangsStopsTheOthersAndClosingEndsIt(int threads) throws Exception {
    int[] order = EpochOrder.shuffled(SEED, 1, IMAGES);
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    Dataset hanging =
        blobs(
            index -> {
              reads.incrementAndGet();
              if (index == order[BATCH + 3]) {
                try {
                  never.await();
                } catch (InterruptedException interrupted) {
                  throw new IOException("interrupted", interrupted);
                }
              }
            });
    BatchReader reader = reader(hanging, Split.TRAIN, threads);
    reader.start(1, 0);
    assertThat(reader.next()).isNotNull();
    // Batch 0 is in use, so the arrays of 1 and 2 can be filled.
    int most = threads == 1 ? BATCH + 4 : 3 * BATCH;
    while (reads.get() < most) {
      Thread.sleep(1);
    }
    pause(20_000);
    assertThat(reads).hasValue(most);
    reader.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("roundel-batches-"));
  }

  @Test
  void slowImagesGetMoreThreadsUpToALimit() throws IOException {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    Set<@Nullable ClassLoader> loaders = ConcurrentHashMap.newKeySet();
    Dataset slow =
        blobs(
            index -> {
              seen.add(Thread.currentThread());
              loaders.add(Thread.currentThread().getContextClassLoader());
              pause(3_000);
            });
    try (BatchReader reader = new BatchReader(slow, Split.TRAIN, BATCH, SEED);
        BatchReader one = new BatchReader(blobs(), Split.TRAIN, BATCH, SEED)) {
      List<String> whole = read(one, 1, 0);
      read(reader, 1, 0);
      assertThat(reader.threads()).isGreaterThan(1);
      while (reader.threads() < 8) {
        assertThat(read(reader, 1, 0)).isEqualTo(whole);
      }
      seen.clear();
      for (int pass = 0; pass < 5; pass++) {
        assertThat(read(reader, 1, 0)).isEqualTo(whole);
      }
      // Four for each of the two that compute, in each pass.
      assertThat(reader.threads()).isEqualTo(8);
      assertThat(seen).hasSize(5 * 8);
    }
    assertThat(loaders).containsExactly(TestingPlugin.class.getClassLoader());
  }

  @Test
  void aNumberThatIsSetStays() throws IOException {
    try (BatchReader reader = reader(blobs(index -> pause(1_000)), Split.TRAIN, 2)) {
      for (int epoch = 1; epoch <= 3; epoch++) {
        read(reader, epoch, 0);
      }
      assertThat(reader.threads()).isEqualTo(2);
    }
  }

  @Test
  void imagesThatAreThereInTimeAreReadByOne() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    Dataset counted = blobs(index -> reads.incrementAndGet());
    try (BatchReader reader = new BatchReader(counted, Split.TRAIN, BATCH, SEED)) {
      for (int epoch = 1; epoch <= 3; epoch++) {
        reader.start(epoch, 0);
        for (int batch = 0; batch < reader.batchesPerPass(); batch++) {
          int before = (epoch - 1) * IMAGES;
          while (reads.get() < before + Math.min(IMAGES, (batch + 1) * BATCH)) {
            Thread.sleep(1);
          }
          pause(5_000);
          assertThat(reader.next()).isNotNull();
        }
      }
      assertThat(reader.threads()).isEqualTo(1);
    }
  }
}
