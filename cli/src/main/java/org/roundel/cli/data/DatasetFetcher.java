package org.roundel.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.roundel.api.InvalidInputException;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Download;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/** Downloads the files of a dataset and brings them into the form that the dataset reads. */
public final class DatasetFetcher {
  private final Downloader downloader;

  /** Makes a fetcher that downloads with {@code downloader}. */
  public DatasetFetcher(Downloader downloader) {
    this.downloader = downloader;
  }

  /**
   * Downloads what is not there yet, then unpacks.
   *
   * @param factory the dataset's
   * @param directory where its files go; made if it does not exist
   * @param progress told about every transfer
   * @throws RoundelException if the dataset has nothing to download, or a download or unpacking
   *     fails
   * @throws InterruptedException if the thread is interrupted; what was received is kept
   */
  public void fetch(DatasetFactory factory, Path directory, DownloadProgress progress)
      throws InterruptedException {
    if (factory.downloads().isEmpty()) {
      String hint =
          factory.needsDirectory()
              ? "; get its files yourself and name their directory with --data-dir"
              : "; it needs no files, use it as it is";
      throw new RoundelException(
          ErrorKind.CONFIGURATION, "dataset '" + factory.name() + "' has no download" + hint);
    }
    for (Download download : factory.downloads()) {
      Path file = downloader.fetch(download, directory, progress);
      try {
        factory.unpack(file, directory);
      } catch (InvalidInputException invalid) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION, String.valueOf(invalid.getMessage()), invalid);
      } catch (IOException failure) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            String.format(
                Locale.ROOT,
                "cannot unpack %s into %s: %s; check the free space and the permissions",
                file,
                directory,
                DownloadFailures.reason(failure)),
            failure);
      }
    }
  }
}
