package org.roundel.cli.data;

import java.nio.file.FileSystemException;
import org.roundel.api.dataset.Download;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;

/** Wording of failed downloads. */
final class DownloadFailures {
  private DownloadFailures() {}

  static RoundelException of(Download download, String fault) {
    return new RoundelException(
        ErrorKind.CONFIGURATION, "cannot download " + download.address() + ": " + fault);
  }

  static RoundelException of(Download download, String fault, Throwable cause) {
    return new RoundelException(
        ErrorKind.CONFIGURATION, "cannot download " + download.address() + ": " + fault, cause);
  }

  /** Returns a failure in words; many an exception of the network has none. */
  static String reason(Throwable failure) {
    if (failure instanceof FileSystemException file) {
      return IoFailure.reason(file);
    }
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }
}
