package org.roundel.datasets.cifar;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.Split;
import org.roundel.datasets.array.ImageArray;
import org.roundel.datasets.file.FileInput;
import org.roundel.datasets.file.HashingInputStream;
import org.roundel.datasets.file.Messages;
import org.roundel.datasets.file.MissingFiles;

/** Reads the files of a CIFAR dataset. Every length is checked before anything is read. */
final class CifarFiles {
  private static final int LONGEST_NAMES_FILE = 1 << 16;

  private final CifarFormat format;
  private final Path directory;
  private final MissingFiles expected;

  /**
   * Looks the files up.
   *
   * @param given the directory that has the files, or that has the official folder with the files
   */
  CifarFiles(CifarFormat format, Path given) {
    this.format = format;
    Path folder = given.resolve(format.folder());
    boolean direct =
        !Files.isDirectory(folder) && Files.exists(given.resolve(format.trainFiles().get(0)));
    this.directory = direct ? given : folder;
    List<String> names = new ArrayList<>(format.trainFiles());
    names.add(format.testFile());
    this.expected = new MissingFiles(format.name(), given, directory, names, false, format.clues());
  }

  /** Returns the names of the files of images. */
  List<String> names() {
    return expected.names();
  }

  /** Returns which files of images are not there. */
  List<String> missing() {
    return expected.missing(names());
  }

  /** Returns one message for all files that are not there. */
  String message(List<String> missing) {
    return expected.message(missing);
  }

  Path path(String file) {
    return directory.resolve(file);
  }

  /** Makes sure that the files of so many images are there; all are told that are not. */
  void require(int train, int test) {
    List<String> needed = new ArrayList<>(needed(Split.TRAIN, train));
    needed.addAll(needed(Split.TEST, test));
    expected.require(needed);
  }

  private List<String> needed(Split split, int images) {
    if (split == Split.TEST) {
      return List.of(format.testFile());
    }
    int files = (images + format.recordsPerTrainFile() - 1) / format.recordsPerTrainFile();
    return format.trainFiles().subList(0, files);
  }

  /** Reads the first {@code keep} images of a split. */
  ImageArray read(Split split, int keep) throws IOException {
    byte[] pixels = new byte[Math.multiplyExact(keep, CifarFormat.SHAPE.length())];
    byte[] labels = new byte[keep];
    int done = 0;
    for (String file : needed(split, keep)) {
      requireLength(file);
      int count = Math.min(keep - done, format.records(file));
      scan(file, count, pixels, labels, done);
      done += count;
    }
    return new ImageArray(CifarFormat.SHAPE, pixels, labels);
  }

  /**
   * Checks one file of images: its length and every label.
   *
   * @return the SHA-256 of the content
   */
  String check(String file) throws IOException {
    requireLength(file);
    try (HashingInputStream in = new HashingInputStream(FileInput.open(path(file)));
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16)) {
      byte[] record = new byte[format.recordLength()];
      for (int index = 0; index < format.records(file); index++) {
        readFully(buffered, file, record, 0, record.length);
        requireLabel(file, index, record[format.labelBytes() - 1]);
      }
      return in.sha256();
    }
  }

  /**
   * Returns the classes' names: the names file's, or the official ones if there is no such file.
   */
  List<String> classNames() throws IOException {
    Path file = path(format.classNamesFile());
    if (!Files.isRegularFile(file)) {
      return format.classNames();
    }
    long length = Files.size(file);
    List<String> names =
        length > LONGEST_NAMES_FILE
            ? List.of()
            : new String(FileInput.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    int expected = format.classNames().size();
    if (names.size() != expected || new HashSet<>(names).size() != expected) {
      throw new InvalidInputException(
          file
              + ": found "
              + names.size()
              + " class names in "
              + Messages.grouped(length)
              + " bytes, expected "
              + expected
              + " different names, one a line; correct the file, or remove it to use the official"
              + " names");
    }
    return names;
  }

  private void scan(String file, int count, byte[] pixels, byte[] labels, int first)
      throws IOException {
    int imageLength = CifarFormat.SHAPE.length();
    byte[] label = new byte[format.labelBytes()];
    try (InputStream in = new BufferedInputStream(FileInput.open(path(file)), 1 << 16)) {
      for (int index = 0; index < count; index++) {
        readFully(in, file, label, 0, label.length);
        requireLabel(file, index, label[label.length - 1]);
        labels[first + index] = label[label.length - 1];
        readFully(in, file, pixels, (first + index) * imageLength, imageLength);
      }
    }
  }

  private void requireLength(String file) throws IOException {
    Path path = path(file);
    long found = Files.size(path);
    long expected = format.fileLength(file);
    if (found != expected) {
      throw Messages.damaged(
          path.toString(),
          "the file has "
              + Messages.grouped(found)
              + " bytes, expected "
              + Messages.grouped(expected)
              + " ("
              + Messages.grouped(format.records(file))
              + " records of "
              + Messages.grouped(format.recordLength())
              + ")");
    }
  }

  private void requireLabel(String file, int index, byte label) {
    int classes = format.classNames().size();
    if ((label & 0xFF) >= classes) {
      throw Messages.damaged(
          path(file).toString(),
          "label " + (label & 0xFF) + " in record " + index + "; allowed: 0 to " + (classes - 1));
    }
  }

  private void readFully(InputStream in, String file, byte[] bytes, int offset, int length)
      throws IOException {
    if (in.readNBytes(bytes, offset, length) < length) {
      throw new EOFException(path(file) + " became shorter while it was read");
    }
  }
}
