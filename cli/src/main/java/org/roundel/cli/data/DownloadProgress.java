package org.roundel.cli.data;

import org.roundel.api.dataset.Download;

/** Is told how a download gets on. */
@FunctionalInterface
public interface DownloadProgress {
  /** What {@code total} is where the server does not say. */
  long UNKNOWN = -1;

  /**
   * Called on the downloading thread when a transfer begins and after each piece, many times a
   * second.
   *
   * @param download the file
   * @param received how many bytes of it are on disk, those of an earlier attempt included
   * @param total its length in bytes, or {@link #UNKNOWN}
   */
  void received(Download download, long received, long total);
}
