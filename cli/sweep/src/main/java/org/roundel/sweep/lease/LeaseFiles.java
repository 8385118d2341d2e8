package org.roundel.sweep.lease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.OwnFile;

/** The files of one cell's lease, its generations. */
final class LeaseFiles {
  /** A record has some hundred bytes. */
  private static final int LARGEST = 1 << 16;

  private final Path directory;

  LeaseFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The newest generation.
   *
   * @param number counted from 1; 0 if there is none
   * @param content what the file holds, of this version's making or not
   * @param record what that says; null if there is none, or nothing that can be read
   */
  record Newest(long number, String content, @Nullable LeaseRecord record) {}

  Newest newest() throws IOException {
    long number = newestNumber();
    if (number == 0) {
      return new Newest(0, "", null);
    }
    String content = content(number);
    return new Newest(number, content, LeaseRecord.of(content));
  }

  private String content(long number) throws IOException {
    return new String(OwnFile.read(file(number), LARGEST), StandardCharsets.UTF_8);
  }

  private long newestNumber() throws IOException {
    long newest = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[0-9]*")) {
      for (Path file : files) {
        newest = Math.max(newest, number(file.getFileName().toString()));
      }
    } catch (NoSuchFileException neverHeld) {
      return 0;
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return newest;
  }

  private static long number(String name) {
    return name.matches("[1-9][0-9]{0,17}") ? Long.parseLong(name) : 0;
  }

  boolean exists(long number) {
    return Files.exists(file(number));
  }

  /**
   * Makes a generation unless it is there.
   *
   * @return whether it was this call that made it
   */
  boolean create(long number, LeaseRecord record) throws IOException {
    // No more than these: where the sweep has gone away, nobody is to make it anew.
    make(directory.getParent());
    make(directory);
    Path own = own(record);
    Files.write(own, record.toBytes());
    try {
      // A name that is there refuses the link at the server itself, whatever is cached here.
      Files.createLink(file(number), own);
      return true;
    } catch (FileAlreadyExistsException taken) {
      // By this call, where a server's answer was lost and the call repeated.
      LeaseRecord there = LeaseRecord.of(content(number));
      return there != null && there.owner().id().equals(record.owner().id());
    } catch (UnsupportedOperationException | FileSystemException withoutLinks) {
      return createWithoutLink(number, record);
    } finally {
      Files.deleteIfExists(own);
    }
  }

  private static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException another) {
      // Another process was faster; what is no directory is told by what comes next.
    }
  }

  /** For file systems without links. For a moment the file is empty. */
  private boolean createWithoutLink(long number, LeaseRecord record) throws IOException {
    try {
      Files.write(
          file(number), record.toBytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
  }

  /** Writes a generation anew that the caller has made. */
  void replace(long number, LeaseRecord record) throws IOException {
    Path own = own(record);
    Files.write(own, record.toBytes());
    Files.move(own, file(number), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path own(LeaseRecord record) {
    return directory.resolve("." + record.owner().id());
  }

  private Path file(long number) {
    return directory.resolve(Long.toString(number));
  }
}
