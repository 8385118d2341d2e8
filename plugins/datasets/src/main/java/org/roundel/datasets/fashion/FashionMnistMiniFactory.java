package org.roundel.datasets.fashion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.array.ImageArray;
import org.roundel.datasets.augmentation.TrainingTransform;
import org.roundel.datasets.file.Limits;

/**
 * The dataset {@code fashion-mnist-mini}: 10,000 training and 2,000 test images of Fashion-MNIST,
 * embedded in the plugin, 1,000 and 200 of each class, so that any ten images in a row have every
 * class once.
 *
 * <p>The embedded files are IDX in gzip form, made by {@code CutFashionMnist.java} beside this
 * module's sources. A row filter as in PNG would make them 7 % smaller, not worth a format of its
 * own. Normalisation and augmentation are {@code fashion-mnist}'s.
 */
public final class FashionMnistMiniFactory implements DatasetFactory {
  private static final int TRAIN_SIZE = 10_000;
  private static final int TEST_SIZE = 2_000;

  @Override
  public String name() {
    return "fashion-mnist-mini";
  }

  @Override
  public String description() {
    return "10,000 + 2,000 images of Fashion-MNIST inside the plugin: no download, for a first run";
  }

  @Override
  public List<Option<?>> options() {
    return FashionMnistFactory.OPTIONS;
  }

  @Override
  public boolean needsDirectory() {
    return false;
  }

  @Override
  public Dataset create(Options options, Path directory) throws IOException {
    TrainingTransform transform = FashionMnistFactory.transform(name(), options);
    ImageArray train = read("train", TRAIN_SIZE, Limits.keep(options, Split.TRAIN, TRAIN_SIZE));
    ImageArray test = read("t10k", TEST_SIZE, Limits.keep(options, Split.TEST, TEST_SIZE));
    return FashionMnistFactory.dataset(train, test, transform, List.of());
  }

  private static ImageArray read(String split, int count, int keep) throws IOException {
    byte[] pixels;
    String images = split + "-images-idx3-ubyte.gz";
    try (InputStream in = open(images)) {
      pixels = new IdxFile(images, in).images(count, keep);
    }
    String labels = split + "-labels-idx1-ubyte.gz";
    try (InputStream in = open(labels)) {
      return new ImageArray(
          FashionMnist.SHAPE,
          pixels,
          new IdxFile(labels, in).labels(count, keep, FashionMnist.CLASS_NAMES.size()));
    }
  }

  private static InputStream open(String file) throws IOException {
    InputStream in =
        FashionMnistMiniFactory.class.getResourceAsStream("fashion-mnist-mini/" + file);
    if (in == null) {
      throw new IllegalStateException("the plugin's JAR has no fashion-mnist-mini/" + file);
    }
    return new GZIPInputStream(in, 1 << 16);
  }
}
