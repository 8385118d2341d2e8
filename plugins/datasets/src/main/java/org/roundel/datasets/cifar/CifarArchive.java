package org.roundel.datasets.cifar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.datasets.file.Messages;

/**
 * Unpacks the official archive of a CIFAR dataset.
 *
 * <p>Only the files of the layout are taken, by their full names in the archive, as plain files of
 * exactly the expected length, and written under names that do not come from the archive. So
 * neither a path that leads elsewhere nor a link nor a length that lies can do harm. Each file
 * appears only when it is complete.
 */
final class CifarArchive {
  private static final long LONGEST_NAMES_FILE = 1 << 16;

  /** Far more than what else the real archives have; ends the reading of one that never ends. */
  private static final long LONGEST_REST = 1L << 26;

  private static final int HEADER_LENGTH = 512;

  private final CifarFormat format;

  CifarArchive(CifarFormat format) {
    this.format = format;
  }

  /**
   * Unpacks the archive into the official folder inside {@code directory}.
   *
   * @throws InvalidInputException if the archive is damaged, or lacks a file of the layout
   */
  void unpack(Path archive, Path directory) throws IOException {
    Set<String> wanted = new LinkedHashSet<>(format.trainFiles());
    wanted.add(format.testFile());
    Path folder = Files.createDirectories(directory.resolve(format.folder()));
    try (TarReader tar = TarReader.open(archive)) {
      long rest = 0;
      for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
        String name = expectedName(entry);
        if (name != null) {
          requireLength(archive, name, entry.getSize());
          extract(tar, folder.resolve(name));
          wanted.remove(name);
        } else {
          rest += entry.getSize() + HEADER_LENGTH;
          if (rest > LONGEST_REST) {
            throw Messages.damaged(
                archive.toString(),
                "more than "
                    + Messages.grouped(LONGEST_REST)
                    + " bytes of the archive do not belong to "
                    + format.name());
          }
        }
      }
    }
    if (!wanted.isEmpty()) {
      throw Messages.damaged(
          archive.toString(),
          "the archive lacks these files of " + format.folder() + ": " + wanted);
    }
  }

  /** Returns the name without its folder if the entry is a file of the layout, else null. */
  private @Nullable String expectedName(TarArchiveEntry entry) {
    String folder = format.folder() + "/";
    if ((entry.getLinkFlag() != TarConstants.LF_NORMAL
            && entry.getLinkFlag() != TarConstants.LF_OLDNORM)
        || !entry.getName().startsWith(folder)) {
      return null;
    }
    String name = entry.getName().substring(folder.length());
    boolean expected =
        format.trainFiles().contains(name)
            || format.testFile().equals(name)
            || format.classNamesFile().equals(name);
    return expected ? name : null;
  }

  private void requireLength(Path archive, String name, long found) {
    boolean names = name.equals(format.classNamesFile());
    long expected = names ? LONGEST_NAMES_FILE : format.fileLength(name);
    if (names ? found > expected : found != expected) {
      throw Messages.damaged(
          archive.toString(),
          name
              + " in the archive has "
              + Messages.grouped(found)
              + " bytes, expected "
              + (names ? "at most " : "")
              + Messages.grouped(expected));
    }
  }

  private static void extract(TarReader tar, Path target) throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(part)) {
      for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException | RuntimeException failure) {
      Files.deleteIfExists(part);
      throw failure;
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
