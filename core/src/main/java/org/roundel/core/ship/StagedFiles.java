package org.roundel.core.ship;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.roundel.api.MessageText;
import org.roundel.api.exporter.ExportFiles;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.AtomicFiles;
import org.roundel.core.run.IoFailure;

/**
 * The files of an export: written under temporary names beside their places, put on the disk, and
 * renamed together when all are whole. Closing it removes what has not been renamed.
 */
final class StagedFiles implements ExportFiles, AutoCloseable {
  private static final String NAME_PATTERN = "[A-Za-z0-9_-][A-Za-z0-9_.-]*";

  private final Path main;
  private final boolean replace;
  private final Map<Path, Path> temporaries = new LinkedHashMap<>();

  /**
   * Makes none yet.
   *
   * @param main where the user wants the file
   * @param replace whether files that are there already are replaced
   * @throws RoundelException of kind CONFIGURATION if a file cannot go there
   */
  StagedFiles(Path main, boolean replace) {
    this.main = main;
    this.replace = replace;
    Path directory = main.toAbsolutePath().getParent();
    if (main.getFileName() == null || Files.isDirectory(main)) {
      throw failure(main + " is a directory; name a file in it by --out");
    }
    if (directory == null || !Files.isDirectory(directory)) {
      throw failure(
          "there is no directory "
              + directory
              + " for the file; make it, or name another by --out");
    }
    requireFree(main);
  }

  private void requireFree(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!replace) {
      throw failure(
          file
              + " is there already, and stays as it is; give --force to replace it, or another"
              + " --out");
    }
    if (!AtomicFiles.mayReplace(file)) {
      throw failure(
          file
              + " is a link, a pipe or a device, which --force does not replace; give another --out");
    }
  }

  @Override
  public String mainName() {
    return String.valueOf(main.getFileName());
  }

  @Override
  public OutputStream openMain() throws IOException {
    return open(main);
  }

  @Override
  public OutputStream openBeside(String name) throws IOException {
    if (!name.matches(NAME_PATTERN)) {
      throw new IllegalArgumentException(
          "a file beside the export is called " + MessageText.quoted(name));
    }
    return open(main.resolveSibling(name));
  }

  private OutputStream open(Path file) throws IOException {
    // Another export to the same place may be going on, on another machine too.
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    if (temporaries.put(file, temporary) != null) {
      throw new IllegalArgumentException(file + " was opened twice");
    }
    try {
      return new SyncedFile(new FileOutputStream(temporary.toFile()));
    } catch (FileNotFoundException refused) {
      // Its message has the temporary name, which nobody has heard of.
      throw new IOException(IoFailure.reason(refused), refused);
    }
  }

  /**
   * Gives all files their names.
   *
   * @return the files, the one that the user named first
   */
  List<Path> publish() throws IOException {
    if (!temporaries.containsKey(main)) {
      throw new IllegalArgumentException("nothing was written to " + main);
    }
    List<Path> files = new ArrayList<>(temporaries.keySet());
    List<Path> moved = new ArrayList<>();
    for (Path file : files) {
      if (file.equals(main) || !hasContentOf(temporaries.get(file), file)) {
        requireFree(file);
        moved.add(file);
      }
    }
    // Last, so that it is not there without the others.
    moved.remove(main);
    moved.add(main);
    for (Path file : moved) {
      place(temporaries.get(file), file);
      temporaries.remove(file);
    }
    AtomicFiles.forceDirectory(main.toAbsolutePath().getParent());
    files.remove(main);
    files.add(0, main);
    return files;
  }

  private void place(Path temporary, Path file) throws IOException {
    if (!replace) {
      try {
        // Unlike a move, a link does not replace what another export has put there meanwhile.
        Files.createLink(file, temporary);
        Files.delete(temporary);
        return;
      } catch (FileAlreadyExistsException taken) {
        requireFree(file);
      } catch (UnsupportedOperationException | FileSystemException without) {
        // A file system without links.
      }
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean hasContentOf(Path temporary, Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(temporary, file) < 0;
  }

  @Override
  public void close() throws IOException {
    for (Path temporary : temporaries.values()) {
      Files.deleteIfExists(temporary);
    }
  }

  private static RoundelException failure(String message) {
    return new RoundelException(ErrorKind.CONFIGURATION, message);
  }

  /** Is on the disk when it is closed. */
  private static final class SyncedFile extends FilterOutputStream {
    private final FileOutputStream file;
    private boolean closed;

    SyncedFile(FileOutputStream file) {
      super(new BufferedOutputStream(file, 1 << 16));
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        try (FileOutputStream closing = file) {
          out.flush();
          closing.getFD().sync();
        }
      }
    }
  }
}
