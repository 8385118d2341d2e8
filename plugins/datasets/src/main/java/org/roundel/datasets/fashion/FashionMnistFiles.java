package org.roundel.datasets.fashion;

import static org.roundel.datasets.file.Clue.Kind.FORM;
import static org.roundel.datasets.file.Clue.Kind.OTHER;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.FileCheck;
import org.roundel.api.dataset.FileCheck.Finding;
import org.roundel.datasets.file.Clue;
import org.roundel.datasets.file.FileInput;
import org.roundel.datasets.file.HashingInputStream;
import org.roundel.datasets.file.Messages;
import org.roundel.datasets.file.MissingFiles;

/** The files of Fashion-MNIST in a directory, packed by gzip or not, whatever their names say. */
final class FashionMnistFiles {
  private static final List<Clue> CLUES =
      List.of(
          Clue.of("fashion-mnist_(train|test)\\.csv", FORM, "a table (CSV)"),
          Clue.of(".*\\.(arff|parquet|npz)", FORM, "another form of the images"),
          Clue.of("mnist", OTHER, "MNIST"),
          Clue.of("kmnist", OTHER, "KMNIST"),
          Clue.of("[eq]mnist", OTHER, "an extension of MNIST"));

  private final String dataset;
  private final Path directory;
  private final MissingFiles expected;
  private final List<IdxPart> parts;
  private final List<String> different = new ArrayList<>();

  FashionMnistFiles(String dataset, List<IdxPart> parts, Path directory) {
    this.dataset = dataset;
    this.directory = directory;
    this.parts = parts;
    this.expected = new MissingFiles(dataset, directory, directory, names(parts), true, CLUES);
  }

  private static List<String> names(List<IdxPart> parts) {
    return parts.stream().map(IdxPart::fileName).toList();
  }

  /** Makes sure that all files are there. */
  void require() {
    expected.require(names(parts));
  }

  /**
   * Reads a file.
   *
   * @param keep how many images or labels to return; the rest is read too, to tell what file it is
   */
  byte[] read(IdxPart part, int keep) throws IOException {
    Path file = locate(part);
    try (HashingInputStream in = new HashingInputStream(open(file))) {
      byte[] values = part.read(new IdxFile(file.toString(), in), keep);
      readOn(file, in, part.most());
      if (!in.sha256().equals(part.officialContent())) {
        different.add(file.getFileName().toString());
      }
      return values;
    }
  }

  /** What is packed may unpack to a thousand times its length, so there is an end to it. */
  private static void readOn(Path file, InputStream in, long most) throws IOException {
    byte[] buffer = new byte[1 << 13];
    long rest = 0;
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        rest += count;
        if (rest > most) {
          throw Messages.damaged(file.toString(), "there is more after its last record");
        }
      }
    } catch (EOFException | ZipException cut) {
      throw damaged(file, cut);
    }
  }

  /** Returns what is to be said of the files that were read. */
  List<String> notices() {
    if (different.isEmpty()) {
      return List.of();
    }
    boolean one = different.size() == 1;
    return List.of(
        "dataset "
            + dataset
            + ": "
            + different.size()
            + " of "
            + parts.size()
            + " files in "
            + directory
            + (one ? " is" : " are")
            + " not the published "
            + (one ? "one" : "ones")
            + " (MNIST's have the same names and form), so errors on "
            + (one ? "it" : "them")
            + " are not errors on "
            + dataset);
  }

  /** Checks every file; those that are missing are told together. */
  List<FileCheck> check() throws IOException {
    List<FileCheck> checks = new ArrayList<>();
    List<String> missing = expected.missing(names(parts));
    if (!missing.isEmpty()) {
      checks.add(
          new FileCheck(
              Messages.some(missing), missing.size(), Finding.UNUSABLE, expected.message(missing)));
    }
    for (IdxPart part : parts) {
      if (!missing.contains(part.fileName())) {
        checks.add(check(part));
      }
    }
    return checks;
  }

  private FileCheck check(IdxPart part) throws IOException {
    String name = locate(part).getFileName().toString();
    String found = Messages.grouped(part.count()) + (part.images() ? " images" : " labels");
    try {
      read(part, part.count());
    } catch (InvalidInputException invalid) {
      return new FileCheck(name, false, String.valueOf(invalid.getMessage()));
    }
    return different.contains(name)
        ? new FileCheck(
            name,
            1,
            Finding.DIFFERENT,
            found + ", well-formed, but the content is not the published one")
        : new FileCheck(name, 1, Finding.PUBLISHED, found + ", content as published");
  }

  private Path locate(IdxPart part) {
    Path plain = directory.resolve(part.fileName());
    return Files.isRegularFile(plain) ? plain : directory.resolve(part.fileName() + ".gz");
  }

  /** Browsers and other programs unpack files, or pack them, and leave their names. */
  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(FileInput.open(file), 1 << 16);
    try {
      in.mark(2);
      boolean packed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return packed ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (EOFException | ZipException cut) {
      in.close();
      throw damaged(file, cut);
    } catch (IOException failure) {
      in.close();
      throw failure;
    }
  }

  private static InvalidInputException damaged(Path file, IOException cause) {
    return new InvalidInputException(
        Messages.damaged(file.toString(), IdxFile.fault(cause)).getMessage(), cause);
  }
}
