package org.roundel.core.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Words for the failures of file operations, whose own messages are often only a path. */
public final class IoFailure {
  /** What to do about a file that cannot be written. */
  public static final String WRITE_ADVICE =
      "Check that the disk has free space and that you may write there.";

  /** What to do where it may have been a file that is read, or one that is written. */
  public static final String ADVICE = "Check the path, the permissions and the disk's free space.";

  private IoFailure() {}

  /**
   * Returns why something could not be written into a directory, as a phrase without a full stop.
   */
  public static String reason(IOException failure, @Nullable Path directory) {
    Path nearest = directory;
    while (nearest != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    if (nearest != null && !Files.isDirectory(nearest)) {
      return nearest + " is a file, not a directory";
    }
    return reason(failure);
  }

  /**
   * Returns what is to be said of a path that a user has named and that leads to no file.
   *
   * @param advice what to do where there is nothing, behind the sentence
   */
  public static String noFile(Path path, String advice) {
    return Files.exists(path)
        ? path + " is no regular file; copy what it gives into one"
        : "there is no file " + path + advice;
  }

  /** Returns the failure of a file that cannot be written. */
  public static RoundelException unwritable(Path file, IOException failed) {
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "cannot write %s: %s. %s",
            file,
            reason(failed, file.getParent()),
            WRITE_ADVICE),
        failed);
  }

  /** Returns which file it was, where the failure tells, and why an operation on it failed. */
  public static String describe(IOException failure) {
    boolean named =
        failure instanceof FileSystemException detailed
            && detailed.getFile() != null
            && !(failure instanceof FileAlreadyExistsException)
            && !(failure instanceof NotDirectoryException)
            && !(failure instanceof DirectoryNotEmptyException);
    return (named ? ((FileSystemException) failure).getFile() + ": " : "") + reason(failure);
  }

  /** Returns why an operation failed, as a phrase without a full stop. */
  public static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is in the way";
    }
    if (failure instanceof NotDirectoryException) {
      return failure.getMessage() + " is not a directory";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "the directory " + failure.getMessage() + " is not empty";
    }
    if (failure instanceof SyncFailedException) {
      // Java keeps to itself why.
      return "the disk does not take what was written (sync failed)";
    }
    String message = failure.getMessage();
    if (failure instanceof FileNotFoundException && message != null && message.endsWith(")")) {
      // "path (reason)"
      return message.substring(message.lastIndexOf('(') + 1, message.length() - 1);
    }
    if (failure instanceof FileSystemException detailed && detailed.getReason() != null) {
      message = detailed.getReason();
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
