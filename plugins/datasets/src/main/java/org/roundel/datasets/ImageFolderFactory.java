package org.roundel.datasets;

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
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.Split;

/**
 * The dataset {@code image-folder}: {@code DIR/train/<class>/*} and {@code DIR/val/<class>/*} (or
 * {@code DIR/test/<class>/*} where there is no {@code val}), as ImageNet is usually laid out, with
 * its transforms. The training folders' names, sorted, are the classes.
 */
final class ImageFolderFactory implements DatasetFactory {
  static final Option<Integer> IMAGE_SIZE =
      Option.integer("image-size", 224, 8, 1024, "side of the square image that the net gets");
  static final Option<Integer> RESIZE =
      Option.integer(
          "resize", 256, 8, 2048, "shorter side of a test image before its middle is cut out");
  static final Option<Boolean> AUGMENT =
      Option.flag(
          "augment", true, "random window, colours and mirroring; false: the test transform");

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
    return List.of(IMAGE_SIZE, RESIZE, AUGMENT, Limits.TRAIN, Limits.TEST);
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
    List<String> classes = classes(directory);
    ImageList train = ImageList.of(directory.resolve("train"), classes);
    ImageList test = ImageList.of(testFolder(directory), classes);
    return new ImageFolderDataset(
        train.first(Limits.keep(options, Split.TRAIN, train.size())),
        test.first(Limits.keep(options, Split.TEST, test.size())),
        classes,
        size,
        resize,
        options.get(AUGMENT));
  }

  /** Decodes every image, so it takes its time: there is no other way to find a damaged one. */
  @Override
  public List<FileCheck> verify(Path directory) throws IOException {
    List<FileCheck> checks = new ArrayList<>();
    List<String> classes;
    try {
      classes = classes(directory);
    } catch (InvalidInputException invalid) {
      return List.of(new FileCheck("train", false, String.valueOf(invalid.getMessage())));
    }
    verify("train", directory.resolve("train"), classes, checks);
    try {
      Path folder = testFolder(directory);
      verify(folder.getFileName().toString(), folder, classes, checks);
    } catch (InvalidInputException invalid) {
      checks.add(new FileCheck("val", false, String.valueOf(invalid.getMessage())));
    }
    return checks;
  }

  private static void verify(String name, Path folder, List<String> classes, List<FileCheck> checks)
      throws IOException {
    ImageList images;
    try {
      images = ImageList.of(folder, classes);
    } catch (InvalidInputException invalid) {
      checks.add(new FileCheck(name, false, String.valueOf(invalid.getMessage())));
      return;
    }
    ImageDecoder decoder = new ImageDecoder();
    int readable = 0;
    for (int index = 0; index < images.size(); index++) {
      try {
        decoder.decode(images.path(index));
        readable++;
      } catch (InvalidInputException invalid) {
        checks.add(
            new FileCheck(
                name + "/" + images.name(index), false, String.valueOf(invalid.getMessage())));
      }
    }
    checks.add(
        new FileCheck(
            name,
            readable == images.size(),
            Messages.grouped(readable)
                + " of "
                + Messages.grouped(images.size())
                + " images readable, "
                + Messages.grouped(classes.size())
                + " classes"));
  }

  private static List<String> classes(Path directory) throws IOException {
    Path folder = directory.resolve("train");
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          folder
              + " is missing; image-folder expects train/<class>/ with the training images and"
              + " val/<class>/ or test/<class>/ with the test images in the directory given");
    }
    List<String> classes = ImageList.classes(folder);
    if (classes.size() < 2) {
      throw new InvalidInputException(
          folder
              + ": found "
              + classes.size()
              + " class folders, expected at least 2; make one folder per class");
    }
    return classes;
  }

  private static Path testFolder(Path directory) {
    Path validation = directory.resolve("val");
    if (Files.isDirectory(validation)) {
      return validation;
    }
    Path test = directory.resolve("test");
    if (!Files.isDirectory(test)) {
      throw new InvalidInputException(
          "neither "
              + validation
              + " nor "
              + test
              + " is there; put the test images into one of them, a folder per class");
    }
    return test;
  }
}
