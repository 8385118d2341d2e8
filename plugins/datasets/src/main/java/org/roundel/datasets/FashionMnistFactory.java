package org.roundel.datasets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Download;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.Split;

/**
 * The dataset {@code fashion-mnist}: the four IDX files of Fashion-MNIST under their official
 * names, in gzip form ({@code train-images-idx3-ubyte.gz}) or unpacked (the same without {@code
 * .gz}).
 */
final class FashionMnistFactory implements DatasetFactory {
  static final Option<Boolean> AUGMENT =
      Option.flag(
          "augment", false, "shift training images by up to 4 pixels and mirror half of them");
  static final List<Option<?>> OPTIONS = List.of(AUGMENT, Limits.TRAIN, Limits.TEST);

  private static final String ADDRESS =
      "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/";

  private final List<IdxPart> parts;
  private final int trainSize;
  private final int testSize;

  /** Makes a factory for files of so many images; tests have smaller ones. */
  FashionMnistFactory(int trainSize, int testSize) {
    this.trainSize = trainSize;
    this.testSize = testSize;
    this.parts =
        List.of(
            new IdxPart(Split.TRAIN, true, trainSize),
            new IdxPart(Split.TRAIN, false, trainSize),
            new IdxPart(Split.TEST, true, testSize),
            new IdxPart(Split.TEST, false, testSize));
  }

  /** One of the four files. */
  private record IdxPart(Split split, boolean images, int count) {
    String fileName() {
      return (split == Split.TRAIN ? "train-" : "t10k-")
          + (images ? "images-idx3-ubyte" : "labels-idx1-ubyte");
    }

    byte[] read(IdxFile file, int keep) throws IOException {
      return images
          ? file.images(count, keep)
          : file.labels(count, keep, FashionMnist.CLASS_NAMES.size());
    }

    /** Returns the SHA-256 of the official file's content, unpacked. */
    String officialContent() {
      return switch (fileName()) {
        case "train-images-idx3-ubyte" ->
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888";
        case "train-labels-idx1-ubyte" ->
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9";
        case "t10k-images-idx3-ubyte" ->
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b";
        default -> "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34";
      };
    }
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
    int train = Limits.keep(options, Split.TRAIN, trainSize);
    int test = Limits.keep(options, Split.TEST, testSize);
    byte[][] content = new byte[parts.size()][];
    for (int position = 0; position < content.length; position++) {
      IdxPart part = parts.get(position);
      Path file = locate(part, directory);
      try (InputStream in = open(file)) {
        content[position] =
            part.read(new IdxFile(file.toString(), in), part.split == Split.TRAIN ? train : test);
      }
    }
    return dataset(
        new ImageArray(FashionMnist.SHAPE, content[0], content[1]),
        new ImageArray(FashionMnist.SHAPE, content[2], content[3]),
        options);
  }

  /** Returns the dataset over images of Fashion-MNIST, whatever file they came from. */
  static Dataset dataset(ImageArray train, ImageArray test, Options options) {
    return new ImageArrayDataset(
        train, test, FashionMnist.CLASS_NAMES, FashionMnist.normalization(), options.get(AUGMENT));
  }

  @Override
  public List<FileCheck> verify(Path directory) throws IOException {
    List<FileCheck> checks = new ArrayList<>();
    for (IdxPart part : parts) {
      String name = part.fileName() + ".gz";
      try {
        Path file = locate(part, directory);
        name = file.getFileName().toString();
        checks.add(new FileCheck(name, true, check(part, file)));
      } catch (InvalidInputException invalid) {
        checks.add(new FileCheck(name, false, String.valueOf(invalid.getMessage())));
      }
    }
    return checks;
  }

  private static String check(IdxPart part, Path file) throws IOException {
    try (HashingInputStream in = new HashingInputStream(open(file))) {
      part.read(new IdxFile(file.toString(), in), part.count);
      String found = Messages.grouped(part.count) + (part.images ? " images" : " labels");
      return in.sha256().equals(part.officialContent())
          ? found + ", content as published"
          : found + ", well-formed, but the content is not the published one";
    }
  }

  private Path locate(IdxPart part, Path directory) {
    Path plain = directory.resolve(part.fileName());
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    Path packed = directory.resolve(part.fileName() + ".gz");
    if (!Files.isRegularFile(packed)) {
      throw Messages.missing(name(), packed, directory);
    }
    return packed;
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    if (!file.toString().endsWith(".gz")) {
      return new BufferedInputStream(in, 1 << 16);
    }
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (EOFException | ZipException notGzip) {
      in.close();
      throw new InvalidInputException(
          Messages.damaged(file.toString(), "not a gzip file").getMessage(), notGzip);
    } catch (IOException failure) {
      in.close();
      throw failure;
    }
  }
}
