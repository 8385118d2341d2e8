package org.roundel.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.roundel.api.Options;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Download;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.cifar.CifarFormat;

/** Small files in the formats of the datasets, and short ways to read them. */
public final class Fixtures {
  public static final int TRAIN_SIZE = 30;
  public static final int TEST_SIZE = 20;

  private Fixtures() {}

  /** A CIFAR layout of five training images per file and four test images. */
  public static CifarFormat small(CifarFormat official) {
    return new CifarFormat(
        official.name(),
        official.folder(),
        official.trainFiles(),
        official.testFile(),
        5,
        4,
        official.labelBytes(),
        official.classNamesFile(),
        official.classNames(),
        official.means(),
        official.standardDeviations(),
        new Download(
            official.archive().address(),
            official.archive().fileName(),
            200_000_000,
            "MD5",
            "0".repeat(32)));
  }

  public static void writeCifar(CifarFormat format, Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(format.folder()));
    int first = 0;
    for (String file : format.trainFiles()) {
      Files.write(folder.resolve(file), cifarRecords(format, file, first));
      first += format.records(file);
    }
    Files.write(folder.resolve(format.testFile()), cifarRecords(format, format.testFile(), 100));
  }

  /** Records whose label is their number modulo 10 and whose values come from {@link #pixel}. */
  public static byte[] cifarRecords(CifarFormat format, String file, int first) {
    byte[] bytes = new byte[(int) format.fileLength(file)];
    int position = 0;
    for (int record = 0; record < format.records(file); record++) {
      if (format.labelBytes() == 2) {
        bytes[position++] = 99;
      }
      bytes[position++] = (byte) ((first + record) % 10);
      for (int value = 0; value < 3072; value++) {
        bytes[position++] = pixel(first + record, value);
      }
    }
    return bytes;
  }

  /** A value that tells images, channels, rows and columns apart. */
  public static byte pixel(int image, int position) {
    return (byte) (image * 31 + position * 7 + (position / 32) * 13 + (position / 1024) * 5);
  }

  public static void writeFashionMnist(Path directory, boolean gzip) throws IOException {
    Files.createDirectories(directory);
    write(directory, "train-images-idx3-ubyte", idxImages(TRAIN_SIZE), gzip);
    write(directory, "train-labels-idx1-ubyte", idxLabels(TRAIN_SIZE), gzip);
    write(directory, "t10k-images-idx3-ubyte", idxImages(TEST_SIZE), gzip);
    write(directory, "t10k-labels-idx1-ubyte", idxLabels(TEST_SIZE), gzip);
  }

  private static void write(Path directory, String name, byte[] content, boolean gzip)
      throws IOException {
    Files.write(
        directory.resolve(gzip ? name + ".gz" : name), gzip ? compressed(content) : content);
  }

  public static byte[] idxImages(int count) {
    ByteBuffer file = ByteBuffer.allocate(16 + count * 784);
    file.putInt(0x803).putInt(count).putInt(28).putInt(28);
    for (int position = 0; position < count * 784; position++) {
      file.put(pixel(position / 784, position % 784));
    }
    return file.array();
  }

  public static byte[] idxLabels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int position = 0; position < count; position++) {
      file.put((byte) (position % 10));
    }
    return file.array();
  }

  public static byte[] compressed(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  public static Dataset open(DatasetFactory factory, Path directory, Map<String, String> options)
      throws IOException {
    return factory.create(Options.of(factory.options(), options), directory);
  }

  public static float[] read(Dataset dataset, Split split, int index, int epoch)
      throws IOException {
    float[] image = new float[dataset.inputShape().length()];
    Augmentation given = split == Split.TRAIN ? augmentation(epoch, index) : null;
    dataset.read(split, index, given, FloatBuffer.wrap(image));
    return image;
  }

  public static int label(Dataset dataset, Split split, int index) throws IOException {
    float[] image = new float[dataset.inputShape().length()];
    return dataset.read(split, index, null, FloatBuffer.wrap(image));
  }

  public static Augmentation augmentation(int epoch, int index) {
    return Augmentation.of(7, epoch, index);
  }

  public static List<String> details(DatasetFactory factory, Path directory) throws IOException {
    return factory.verify(directory).stream()
        .map(check -> check.file() + " " + check.finding() + " " + check.detail())
        .toList();
  }
}
