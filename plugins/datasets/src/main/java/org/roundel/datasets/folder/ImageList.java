package org.roundel.datasets.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.roundel.api.InvalidInputException;

/**
 * The image files of one split: {@code FOLDER/<class>/<file>}, with the ending .jpg, .jpeg or .png
 * in any case. Hidden files and folders are passed over.
 *
 * <p>The order is the first file of each class, then the second of each, and so on, classes and
 * files sorted by name; so the first N images have the classes in equal parts as far as possible.
 */
final class ImageList {
  private final Path folder;
  private final List<String> files;
  private final int[] labels;

  private ImageList(Path folder, List<String> files, int[] labels) {
    this.folder = folder;
    this.files = files;
    this.labels = labels;
  }

  /** Returns the names of the class folders, sorted. */
  static List<String> classes(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!name.startsWith(".")) {
          names.add(name);
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  /**
   * Lists a split.
   *
   * @param classes the classes' names, sorted; the split may lack some
   * @throws InvalidInputException if there is a folder that is no class, or one without an image
   */
  static ImageList of(Path folder, List<String> classes) throws IOException {
    List<String> there = classes(folder);
    List<List<String>> byClass = new ArrayList<>();
    int[] labelOf = new int[there.size()];
    int total = 0;
    for (int position = 0; position < labelOf.length; position++) {
      String name = there.get(position);
      // The classes are sorted, as there may be thousands.
      labelOf[position] = Collections.binarySearch(classes, name);
      if (labelOf[position] < 0) {
        throw new InvalidInputException(
            folder.resolve(name)
                + ": the class '"
                + name
                + "' has no folder among the training images; add it there or remove it here");
      }
      byClass.add(images(folder.resolve(name)));
      total += byClass.get(position).size();
    }
    if (total == 0) {
      throw new InvalidInputException(
          folder
              + ": found no image; expected folders named after the classes, with files that end"
              + " in .jpg, .jpeg or .png");
    }
    List<String> files = new ArrayList<>(total);
    int[] labels = new int[total];
    for (int round = 0; files.size() < total; round++) {
      for (int position = 0; position < labelOf.length; position++) {
        if (round < byClass.get(position).size()) {
          labels[files.size()] = labelOf[position];
          files.add(there.get(position) + "/" + byClass.get(position).get(round));
        }
      }
    }
    return new ImageList(folder, files, labels);
  }

  private static List<String> images(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (isImage(name) && Files.isRegularFile(entry)) {
          names.add(name);
        }
      }
    }
    if (names.isEmpty()) {
      throw new InvalidInputException(
          folder + ": the class has no image; expected files that end in .jpg, .jpeg or .png");
    }
    Collections.sort(names);
    return names;
  }

  private static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".png"));
  }

  /** Returns the first {@code count} images. */
  ImageList first(int count) {
    return new ImageList(folder, files.subList(0, count), labels);
  }

  int size() {
    return files.size();
  }

  int label(int index) {
    return labels[index];
  }

  /** Returns the name as {@code class/file}, the same on every system. */
  String name(int index) {
    return files.get(index);
  }

  Path path(int index) {
    return folder.resolve(files.get(index));
  }
}
