package org.roundel.datasets.cifar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Download;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.FileCheck.Finding;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.array.ImageArrayDataset;
import org.roundel.datasets.array.Normalization;
import org.roundel.datasets.augmentation.TrainingTransform;
import org.roundel.datasets.file.Limits;
import org.roundel.datasets.file.Messages;

/**
 * The datasets {@code cifar-10} and {@code cifar-100}: 32x32 colour images in the official binary
 * layout, 50,000 to train on and 10,000 to test.
 *
 * <p>The directory is the one that holds the official folder ({@code cifar-10-batches-bin}), or
 * that folder itself. All images are kept in memory, 180 MB.
 */
public final class CifarFactory implements DatasetFactory {
  static final Option<Boolean> AUGMENT =
      Option.flag(
          "augment",
          true,
          "shift training images by up to 4 pixels, and mirror them as 'flip' says");

  static final Option<Integer> CUTOUT = TrainingTransform.cutout(32);

  private final CifarFormat format;

  public CifarFactory(CifarFormat format) {
    this.format = format;
  }

  @Override
  public String name() {
    return format.name();
  }

  @Override
  public String description() {
    return "50,000 + 10,000 colour 32x32 images in "
        + format.classNames().size()
        + " classes, the official binary files";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(AUGMENT, TrainingTransform.FLIP, CUTOUT, Limits.TRAIN, Limits.TEST);
  }

  @Override
  public List<Download> downloads() {
    return List.of(format.archive());
  }

  @Override
  public void unpack(Path file, Path directory) throws IOException {
    new CifarArchive(format).unpack(file, directory);
  }

  @Override
  public Dataset create(Options options, Path directory) throws IOException {
    TrainingTransform transform = TrainingTransform.of(name(), options, AUGMENT, CUTOUT);
    CifarFiles files = new CifarFiles(format, directory);
    int train = Limits.keep(options, Split.TRAIN, format.trainSize());
    int test = Limits.keep(options, Split.TEST, format.recordsPerTestFile());
    files.require(train, test);
    return new ImageArrayDataset(
        files.read(Split.TRAIN, train),
        files.read(Split.TEST, test),
        files.classNames(),
        new Normalization(format.means(), format.standardDeviations()),
        transform,
        notices(files));
  }

  private List<String> notices(CifarFiles files) throws IOException {
    return files.classNames().equals(format.classNames())
        ? List.of()
        : List.of(
            "dataset "
                + name()
                + ": "
                + files.path(format.classNamesFile())
                + " names other classes than the published file, so the images may be others too");
  }

  /**
   * Checks every file's length and labels. The publisher gives a checksum of the archive only, so
   * each file's own is told for comparison with other copies.
   */
  @Override
  public List<FileCheck> verify(Path directory) throws IOException {
    CifarFiles files = new CifarFiles(format, directory);
    List<FileCheck> checks = new ArrayList<>();
    List<String> missing = files.missing();
    if (!missing.isEmpty()) {
      checks.add(
          new FileCheck(
              Messages.some(missing), missing.size(), Finding.UNUSABLE, files.message(missing)));
    }
    for (String name : files.names()) {
      if (!missing.contains(name)) {
        checks.add(check(files, name, directory));
      }
    }
    if (missing.size() < files.names().size()) {
      checks.add(checkNames(files, directory));
    }
    return checks;
  }

  private FileCheck check(CifarFiles files, String name, Path directory) throws IOException {
    String shown = shown(files, name, directory);
    try {
      return new FileCheck(
          shown,
          1,
          Finding.USABLE,
          Messages.grouped(format.records(name))
              + " images, SHA-256 "
              + files.check(name)
              + " (none is published for this file)");
    } catch (InvalidInputException invalid) {
      return new FileCheck(shown, false, String.valueOf(invalid.getMessage()));
    }
  }

  private FileCheck checkNames(CifarFiles files, Path directory) throws IOException {
    String shown = shown(files, format.classNamesFile(), directory);
    if (!Files.isRegularFile(files.path(format.classNamesFile()))) {
      return new FileCheck(
          shown, 0, Finding.USABLE, "not there, the published class names are used");
    }
    try {
      return files.classNames().equals(format.classNames())
          ? new FileCheck(shown, 1, Finding.PUBLISHED, "the published class names")
          : new FileCheck(shown, 1, Finding.DIFFERENT, "class names, but not the published ones");
    } catch (InvalidInputException invalid) {
      return new FileCheck(shown, false, String.valueOf(invalid.getMessage()));
    }
  }

  private static String shown(CifarFiles files, String name, Path directory) {
    return directory.relativize(files.path(name)).toString();
  }
}
