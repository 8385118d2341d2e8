package org.roundel.datasets.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.FileCheck.Finding;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.datasets.augmentation.TrainingTransform;
import org.roundel.datasets.file.Limits;
import org.roundel.datasets.file.Messages;
import org.roundel.datasets.image.ImageDecoder;

/**
 * The dataset {@code image-folder}: {@code DIR/train/<class>/*} and {@code DIR/val/<class>/*} (or
 * {@code DIR/test/<class>/*} where there is no {@code val}), as ImageNet is usually laid out, with
 * its transforms. The training folders' names, sorted, are the classes.
 */
public final class ImageFolderFactory implements DatasetFactory {
  static final Option<Integer> IMAGE_SIZE =
      Option.integer("image-size", 224, 8, 1024, "side of the square image that the net gets");
  static final Option<Integer> RESIZE =
      Option.integer(
          "resize", 256, 8, 2048, "shorter side of a test image before its middle is cut out");
  static final Option<Boolean> AUGMENT =
      Option.flag(
          "augment",
          true,
          "random window, colours, and mirroring as 'flip' says; false: the test transform");
  static final Option<Integer> CUTOUT = TrainingTransform.cutout(1024);

  @Override
  public String name() {
    return "image-folder";
  }

  @Override
  public String description() {
    return "JPEG and PNG files, a folder per class under train/ and val/, as ImageNet has them";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(
        IMAGE_SIZE, RESIZE, AUGMENT, TrainingTransform.FLIP, CUTOUT, Limits.TRAIN, Limits.TEST);
  }

  @Override
  public Dataset create(Options options, Path directory) throws IOException {
    int size = options.get(IMAGE_SIZE);
    int resize = options.get(RESIZE);
    if (resize < size) {
      throw new InvalidInputException(
          "image-folder: option 'resize' is "
              + resize
              + ", less than 'image-size', which is "
              + size
              + "; give at least that");
    }
    TrainingTransform transform = TrainingTransform.of(name(), options, AUGMENT, CUTOUT);
    if (transform.cutout().side() > size) {
      throw new InvalidInputException(
          "image-folder: option 'cutout' is "
              + transform.cutout().side()
              + ", more than 'image-size', which is "
              + size
              + "; give at most that");
    }
    SplitFolders folders = new SplitFolders(directory);
    List<String> classes = classes(folders.train());
    ImageList train = ImageList.of(folders.train(), classes);
    ImageList test = ImageList.of(folders.test(), classes);
    return new ImageFolderDataset(
        train.first(Limits.keep(options, Split.TRAIN, train.size())),
        test.first(Limits.keep(options, Split.TEST, test.size())),
        classes,
        new InputShape(3, size, size),
        resize,
        transform);
  }

  /** Decodes every image, so it takes its time: there is no other way to find a damaged one. */
  @Override
  public List<FileCheck> verify(Path directory) throws IOException {
    List<FileCheck> checks = new ArrayList<>();
    List<String> classes;
    SplitFolders folders = new SplitFolders(directory);
    try {
      classes = classes(folders.train());
    } catch (InvalidInputException invalid) {
      return List.of(unusable("train", invalid));
    }
    verify("train", folders.train(), classes, checks);
    try {
      Path folder = folders.test();
      verify(folder.getFileName().toString(), folder, classes, checks);
    } catch (InvalidInputException invalid) {
      checks.add(unusable("val", invalid));
    }
    return checks;
  }

  private static FileCheck unusable(String file, InvalidInputException invalid) {
    return new FileCheck(file, false, String.valueOf(invalid.getMessage()));
  }

  private static void verify(String name, Path folder, List<String> classes, List<FileCheck> checks)
      throws IOException {
    ImageList images;
    try {
      images = ImageList.of(folder, classes);
    } catch (InvalidInputException invalid) {
      checks.add(unusable(name, invalid));
      return;
    }
    ImageDecoder decoder = new ImageDecoder();
    int readable = 0;
    for (int index = 0; index < images.size(); index++) {
      try {
        decoder.check(images.path(index));
        readable++;
      } catch (InvalidInputException invalid) {
        checks.add(unusable(name + "/" + images.name(index), invalid));
      }
    }
    checks.add(
        new FileCheck(
            name,
            readable,
            Finding.USABLE,
            Messages.grouped(readable)
                + " of "
                + Messages.grouped(images.size())
                + (images.size() == 1 ? " image readable, " : " images readable, ")
                + Messages.grouped(classes.size())
                + " classes"));
  }

  private static List<String> classes(Path folder) throws IOException {
    List<String> classes = ImageList.classes(folder);
    if (classes.size() < 2) {
      throw new InvalidInputException(
          folder
              + ": found "
              + (classes.size() == 1 ? "1 class folder" : classes.size() + " class folders")
              + ", expected at least 2; make one folder per class");
    }
    return classes;
  }
}
