package org.roundel.cli.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Options;
import org.roundel.api.Tensors;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.cli.InProcess;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.core.batch.BatchReader;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.load.PluginLoader;

/** Photographs are the same for any number of threads that read them, and so are failures. */
class ReadingIT {
  private static final int IMAGES = 200;
  private static final int BATCH = 16;
  private static final long SEED = 11;
  private static final PluginRegistry PLUGINS =
      PluginLoader.load(Installation.packaged().resolve("plugins"));

  @TempDir static Path shared;

  @TempDir Path own;

  @BeforeAll
  static void write() throws IOException {
    Photographs.write(PLUGINS, shared, IMAGES);
  }

  @AfterAll
  static void closePlugins() {
    PLUGINS.close();
  }

  private static Dataset open(Path directory) throws IOException {
    DatasetFactory factory = PLUGINS.dataset("image-folder").factory();
    Map<String, String> options = Map.of("image-size", "64", "resize", "72", "cutout", "8");
    return factory.create(Options.of(factory.options(), options), directory);
  }

  private static BatchReader reader(Dataset dataset, Split split, int threads) {
    BatchReader reader = new BatchReader(dataset, split, BATCH, SEED);
    reader.setThreads(threads);
    return reader;
  }

  /** Labels, indices and a checksum of the pixels of each batch. */
  private static List<String> read(BatchReader reader, int epoch, int firstBatch)
      throws IOException {
    List<String> batches = new ArrayList<>();
    reader.start(epoch, firstBatch);
    for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
      FloatBuffer pixels = Tensors.floats(batch.images());
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * pixels.capacity());
      bytes.asFloatBuffer().put(pixels.duplicate().clear());
      CRC32 sum = new CRC32();
      sum.update(bytes);
      batches.add(
          Arrays.toString(batch.labels()) + Arrays.toString(batch.indices()) + sum.getValue());
    }
    return batches;
  }

  private static void requireSame(Path directory, int epochs) throws IOException {
    try (Dataset dataset = open(directory)) {
      for (Split split : Split.values()) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
          List<String> whole;
          try (BatchReader one = reader(dataset, split, 1)) {
            whole = read(one, epoch, 0);
          }
          for (int threads : new int[] {2, 4}) {
            try (BatchReader several = reader(dataset, split, threads)) {
              assertThat(read(several, epoch, 0)).isEqualTo(whole);
              int middle = whole.size() / 2;
              assertThat(read(several, epoch, middle))
                  .isEqualTo(whole.subList(middle, whole.size()));
            }
          }
        }
      }
    }
  }

  @Test
  void anyNumberOfThreadsReadsTheSamePixels() throws IOException {
    requireSame(shared, 2);
  }

  /** The folder of the benchmark. */
  @Test
  @Tag("thorough")
  void anyNumberOfThreadsReadsFiveThousandTheSame() throws IOException {
    Photographs.write(PLUGINS, own, 5000);
    requireSame(own, 1);
  }

  /** Two files are at fault; which one is told does not depend on the threads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aBrokenFileAndOneThatVanishedAreToldAlike(int threads) throws IOException {
    Photographs.write(PLUGINS, own, 40);
    try (Dataset dataset = open(own);
        BatchReader reader = reader(dataset, Split.TRAIN, threads)) {
      reader.start(1, 0);
      int[] second = indices(reader, 2);
      Path train = own.resolve("train");
      Path broken = train.resolve(Photographs.name(second[3]));
      Path gone = train.resolve(Photographs.name(second[4]));
      byte[] content = Files.readAllBytes(broken);
      Files.write(broken, Arrays.copyOf(content, content.length / 2));
      byte[] kept = Files.readAllBytes(gone);
      Files.delete(gone);

      reader.start(1, 0);
      assertThat(reader.next()).isNotNull();
      assertThatThrownBy(reader::next)
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              broken
                  + ": the JPEG data is cut short, its end marker is missing; replace the file or"
                  + " remove it");
      Files.write(broken, content);
      reader.start(1, 0);
      assertThat(reader.next()).isNotNull();
      assertThatThrownBy(reader::next)
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage(gone.toString());
      Files.write(gone, kept);
      assertThat(read(reader, 1, 0)).hasSize(3);
    }
  }

  private static int[] indices(BatchReader reader, int batch) throws IOException {
    Batch found = null;
    for (int number = 0; number < batch; number++) {
      found = reader.next();
    }
    assertThat(found).isNotNull();
    return found.indices().clone();
  }

  /** One sentence, and the exit code of bad data, from the program itself. */
  @Test
  void trainingSaysWhichFileIsBroken() throws IOException {
    Photographs.write(PLUGINS, own, 20);
    Path broken = own.resolve("train").resolve(Photographs.name(13));
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 5000));
    Outcome outcome =
        InProcess.installedIn(Installation.packaged())
            .run(
                "train",
                "--dataset=image-folder",
                "--data-dir=" + own,
                "--set=dataset.image-size=32",
                "--set=dataset.resize=32",
                "--model=resnet-8",
                "--epochs=1",
                "--batch-size=4",
                "--run-dir=" + own.resolve("run"));
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(3);
    assertThat(outcome.err())
        .contains(broken + ": the JPEG data is cut short, its end marker is missing; replace");
  }
}
