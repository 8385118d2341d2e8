package org.roundel.core.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * The directory that records a run.
 *
 * <pre>
 *   config.yaml     the resolved configuration
 *   manifest.json   seeds, versions, hashes: what it takes to repeat the run
 *   history.jsonl   what was measured
 *   checkpoints/    what it takes to resume
 *   test.json       what the best checkpoint does on the test images, of a run with validation
 *   report.html     for reading
 *   log.txt         what happened when, of the command line
 *   .lock           held by whoever writes
 * </pre>
 */
public final class RunDirectory implements AutoCloseable {
  /** What a checkpoint is called, by its update. */
  public static final Pattern CHECKPOINT_NAME = Pattern.compile("step-[0-9]{9}");

  /** How the name of a checkpoint begins while it is being written. */
  public static final String HALF_WRITTEN = ".writing-";

  static final String CONFIG = "config.yaml";

  /** The file whose presence says that a directory holds a run; it is written first. */
  public static final String MANIFEST = "manifest.json";

  /** A line for each epoch. */
  public static final String HISTORY = "history.jsonl";

  /** The directory of the checkpoints. */
  public static final String CHECKPOINTS = "checkpoints";

  /** The best checkpoint on the test images. */
  public static final String TEST = "test.json";

  /** The page for people. */
  public static final String REPORT = "report.html";

  /** What happened when. */
  public static final String LOG = "log.txt";

  private final Path path;
  private final @Nullable RunLock lock;

  private RunDirectory(Path path, @Nullable RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a directory for a new run, with those above it, and locks it. It may exist as long as it
   * holds no run.
   *
   * @throws RoundelException if it holds a run, is in use or cannot be written
   */
  public static RunDirectory create(Path path) {
    try {
      RunLock lock = lockNew(path);
      Optional<RoundelException> present = present(path);
      if (present.isPresent()) {
        lock.close();
        throw present.get();
      }
      AtomicFiles.forceDirectory(path.toRealPath().getParent());
      removeBegun(path);
      return new RunDirectory(path, lock);
    } catch (IOException failed) {
      throw unwritable(path, failed);
    }
  }

  /**
   * Checks without making anything whether {@link #create} would make a directory now.
   *
   * @throws RoundelException as {@link #create} would, but for one that is in use
   */
  static void requireNew(Path path) {
    present(path)
        .ifPresent(
            refused -> {
              throw refused;
            });
    Path nearest = path.toAbsolutePath();
    while (nearest != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (nearest == null || !Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
      throw unwritable(path, new AccessDeniedException(path.toString()));
    }
  }

  /** Removes what a kill has left of files that only the lock's owner writes. */
  private static void removeBegun(Path path) {
    for (String name : List.of(CONFIG, MANIFEST, TEST)) {
      AtomicFiles.removeBegun(path.resolve(name));
    }
  }

  private static RoundelException unwritable(Path path, IOException failed) {
    return failure(
        String.format(
            Locale.ROOT,
            "the run directory %s cannot be written: %s. Choose a directory where you may write.",
            path,
            IoFailure.reason(failed, path)),
        failed);
  }

  /** Returns the refusal of a directory that holds a run, or what a run would write over. */
  private static Optional<RoundelException> present(Path path) {
    String words =
        Files.exists(path.resolve(MANIFEST))
            ? "the directory %s already holds a run: it has %s. Choose another directory, or go"
                + " on with that run:\n  roundel resume %s"
            : "the directory %s has %s, which a run would write over, and no manifest.json,"
                + " without which it holds no run to go on with. Choose another directory, or"
                + " move that away.";
    return firstPresent(path)
        .map(
            name ->
                failure(
                    String.format(Locale.ROOT, words, path, name, MessageText.shellWord(path)),
                    null));
  }

  private static RunLock lockNew(Path path) throws IOException {
    NewDirectories directories = NewDirectories.make(path);
    try {
      return RunLock.acquire(path);
    } catch (IOException failed) {
      directories.remove(failed);
      throw failed;
    }
  }

  private static Optional<String> firstPresent(Path path) {
    return List.of(CONFIG, MANIFEST, HISTORY, CHECKPOINTS, TEST, REPORT).stream()
        .filter(name -> Files.exists(path.resolve(name)))
        .findFirst();
  }

  /**
   * Opens the directory of an earlier run to go on with it, and locks it.
   *
   * @throws RoundelException if it holds no run, is in use or cannot be written
   */
  public static RunDirectory open(Path path) {
    requireRun(path);
    try {
      RunLock lock = RunLock.acquire(path);
      removeBegun(path);
      return new RunDirectory(path, lock);
    } catch (IOException failed) {
      throw failure(
          String.format(
              Locale.ROOT,
              "the run directory %s cannot be written: %s. Copy it to where you may write, or get"
                  + " the permission.",
              path,
              IoFailure.reason(failed)),
          failed);
    }
  }

  /**
   * Opens the directory of a run to read from it. It is not locked, so the run may be going on.
   *
   * @throws RoundelException if it holds no run
   */
  public static RunDirectory openForReading(Path path) {
    requireRun(path);
    return new RunDirectory(path, null);
  }

  /**
   * Returns whether somebody writes to the directory of a run, as far as this process may know.
   * Where the directory cannot be read the answer is no.
   */
  public static boolean isInUse(Path path) {
    try {
      return RunLock.isHeld(path);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static void requireRun(Path path) {
    if (Files.notExists(path)) {
      throw failure("there is no run directory " + path + ". Check the path.", null);
    }
    if (!Files.exists(path)
        || (Files.isDirectory(path) && !(Files.isReadable(path) && Files.isExecutable(path)))) {
      throw failure(
          "the run directory " + path + " cannot be read: permission denied. Make it readable.",
          null);
    }
    List<String> missing = missing(path);
    if (!missing.isEmpty()) {
      throw failure(
          String.format(
              Locale.ROOT,
              "%s is not a run directory: it has no %s. %s",
              path,
              String.join(" and no ", missing),
              NearestRun.to(path)
                  .map(run -> "Is it " + run + " that is meant?")
                  .orElse("Name a directory that 'roundel train' has made.")),
          null);
    }
  }

  /** Returns what a directory lacks to be that of a run; nothing if it is one. */
  static List<String> missing(Path path) {
    return List.of(CONFIG, MANIFEST).stream()
        .filter(name -> !Files.isRegularFile(path.resolve(name)))
        .toList();
  }

  /** Returns the directory itself. */
  public Path path() {
    return path;
  }

  /** Returns the path of the resolved configuration. */
  public Path config() {
    return path.resolve(CONFIG);
  }

  /** Returns the path of the manifest. */
  public Path manifest() {
    return path.resolve(MANIFEST);
  }

  /** Returns the path of the history; see {@link HistoryFile}. */
  public Path history() {
    return path.resolve(HISTORY);
  }

  /** Returns the directory of the checkpoints. */
  public Path checkpoints() {
    return path.resolve(CHECKPOINTS);
  }

  /** Returns the path of the report. */
  public Path report() {
    return path.resolve(REPORT);
  }

  private static RoundelException failure(String message, @Nullable Throwable cause) {
    return new RoundelException(ErrorKind.CONFIGURATION, message, cause);
  }

  /** Frees the directory for others. */
  @Override
  public void close() {
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException failed) {
      throw failure(path + " could not be unlocked: " + IoFailure.reason(failed) + ".", failed);
    }
  }
}
