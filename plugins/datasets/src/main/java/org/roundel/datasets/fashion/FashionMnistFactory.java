package org.roundel.datasets.fashion;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Download;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.array.ImageArray;
import org.roundel.datasets.array.ImageArrayDataset;
import org.roundel.datasets.augmentation.TrainingTransform;
import org.roundel.datasets.file.Limits;

/**
 * The dataset {@code fashion-mnist}: the four IDX files of Fashion-MNIST under their official
 * names, in gzip form ({@code train-images-idx3-ubyte.gz}) or unpacked (the same without {@code
 * .gz}).
 */
public final class FashionMnistFactory implements DatasetFactory {
  static final Option<Boolean> AUGMENT =
      Option.flag(
          "augment",
          false,
          "shift training images by up to 4 pixels, and mirror them as 'flip' says");

  static final Option<Integer> CUTOUT = TrainingTransform.cutout(28);
  static final List<Option<?>> OPTIONS =
      List.of(AUGMENT, TrainingTransform.FLIP, CUTOUT, Limits.TRAIN, Limits.TEST);

  private static final String ADDRESS =
      "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/";

  private final List<IdxPart> parts;
  private final int trainSize;
  private final int testSize;

  /** Makes a factory for files of so many images; tests have smaller ones. */
  public FashionMnistFactory(int trainSize, int testSize) {
    this.trainSize = trainSize;
    this.testSize = testSize;
    this.parts =
        List.of(
            new IdxPart(Split.TRAIN, true, trainSize),
            new IdxPart(Split.TRAIN, false, trainSize),
            new IdxPart(Split.TEST, true, testSize),
            new IdxPart(Split.TEST, false, testSize));
  }

  @Override
  public String name() {
    return "fashion-mnist";
  }

  @Override
  public String description() {
    return "Fashion-MNIST: 60,000 + 10,000 grey 28x28 images of clothing in 10 classes, IDX files";
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  /** Checksums: as published in the README of the official repository. */
  @Override
  public List<Download> downloads() {
    return List.of(
        download("train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
        download("train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe"),
        download("t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79"),
        download("t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"));
  }

  private static Download download(String fileName, String md5) {
    return new Download(URI.create(ADDRESS + fileName), fileName, 50_000_000, "MD5", md5);
  }

  @Override
  public Dataset create(Options options, Path directory) throws IOException {
    TrainingTransform transform = transform(name(), options);
    int train = Limits.keep(options, Split.TRAIN, trainSize);
    int test = Limits.keep(options, Split.TEST, testSize);
    FashionMnistFiles files = new FashionMnistFiles(name(), parts, directory);
    files.require();
    byte[][] content = new byte[parts.size()][];
    for (int position = 0; position < content.length; position++) {
      IdxPart part = parts.get(position);
      content[position] = files.read(part, part.split() == Split.TRAIN ? train : test);
    }
    return dataset(
        new ImageArray(FashionMnist.SHAPE, content[0], content[1]),
        new ImageArray(FashionMnist.SHAPE, content[2], content[3]),
        transform,
        files.notices());
  }

  /** Reads what is to be done to training images. */
  static TrainingTransform transform(String dataset, Options options) {
    return TrainingTransform.of(dataset, options, AUGMENT, CUTOUT);
  }

  /** Returns the dataset over images of Fashion-MNIST, whatever file they came from. */
  static Dataset dataset(
      ImageArray train, ImageArray test, TrainingTransform transform, List<String> notices) {
    return new ImageArrayDataset(
        train, test, FashionMnist.CLASS_NAMES, FashionMnist.normalization(), transform, notices);
  }

  @Override
  public List<FileCheck> verify(Path directory) throws IOException {
    return new FashionMnistFiles(name(), parts, directory).check();
  }
}
