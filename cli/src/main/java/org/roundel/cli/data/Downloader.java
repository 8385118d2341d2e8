package org.roundel.cli.data;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.roundel.api.dataset.Download;
import org.roundel.core.RoundelException;

/**
 * Downloads single files over HTTPS.
 *
 * <p>A file is received under the name {@code NAME.part}, continued there if the connection breaks
 * or the program is stopped, checked against its checksum, and only then given its name. Plain HTTP
 * is allowed from this machine's own addresses; redirects are followed to HTTPS only. Prints
 * nothing. May be used by several threads, each for another file.
 */
public final class Downloader {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** How often a broken connection is taken up again, as long as each brings something. */
  private static final int MOST_ATTEMPTS = 10;

  private final HttpClient client;
  private final Duration timeout;

  /** Makes a downloader that gives up after 30 seconds without an answer or a byte. */
  public Downloader() {
    this(
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .build(),
        TIMEOUT);
  }

  /**
   * Makes a downloader.
   *
   * @param client one that does not follow redirects itself
   * @param timeout after which a silent server is given up, at least a millisecond
   */
  public Downloader(HttpClient client, Duration timeout) {
    if (client.followRedirects() != Redirect.NEVER || timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "redirects " + client.followRedirects() + ", timeout " + timeout);
    }
    this.client = client;
    this.timeout = timeout;
  }

  /**
   * Brings a file into a directory. If it is there already with the right checksum, nothing is
   * asked of the network; with a wrong one, it is replaced once the new one is complete.
   *
   * @param directory made if it does not exist
   * @param progress told about the transfer
   * @return the file
   * @throws RoundelException if the file cannot be had; the message says why and what to do
   * @throws InterruptedException if the thread is interrupted; what was received is kept
   */
  public Path fetch(Download download, Path directory, DownloadProgress progress)
      throws InterruptedException {
    if (!Addresses.isAllowed(download.address())) {
      throw DownloadFailures.of(
          download, "the address is not https, the only kind that is allowed");
    }
    Path target = directory.resolve(download.fileName());
    try {
      Files.createDirectories(directory);
      if (Files.isRegularFile(target)
          && Checksum.of(target, download).equals(download.checksum())) {
        return target;
      }
      Optional<PartialFile> part = PartialFile.open(target);
      if (part.isEmpty()) {
        throw DownloadFailures.of(
            download, "another program is writing " + target + ".part; wait for it or stop it");
      }
      try (PartialFile open = part.get()) {
        receive(download, open, progress);
        accept(download, open, target);
      }
    } catch (ClosedByInterruptException interrupted) {
      // A file's channel turns an interrupt into this and leaves the thread's mark set.
      Thread.interrupted();
      throw new InterruptedException();
    } catch (IOException failure) {
      throw DownloadFailures.of(
          download,
          String.format(
              Locale.ROOT,
              "cannot write to %s: %s; check the free space and the permissions, or choose another"
                  + " --data-dir",
              directory,
              DownloadFailures.reason(failure)),
          failure);
    }
    return target;
  }

  private void receive(Download download, PartialFile part, DownloadProgress progress)
      throws IOException, InterruptedException {
    Requests requests = new Requests(client, timeout, download);
    for (int attempt = 1; true; attempt++) {
      long before = part.length();
      try {
        new Transfer(requests, timeout, download, part, progress).run();
        return;
      } catch (ClosedByInterruptException interrupted) {
        throw interrupted;
      } catch (IOException broken) {
        if (attempt == MOST_ATTEMPTS || part.length() <= before) {
          throw DownloadFailures.of(
              download,
              String.format(
                  Locale.ROOT,
                  "%s; %s bytes are kept, run the command again to continue",
                  DownloadFailures.reason(broken),
                  part.length()),
              broken);
        }
      }
    }
  }

  private static void accept(Download download, PartialFile part, Path target) throws IOException {
    String found = Checksum.of(part.content(), download);
    if (!found.equals(download.checksum())) {
      part.discard();
      throw DownloadFailures.of(
          download,
          String.format(
              Locale.ROOT,
              "the %s of what was received is %s, expected %s; it was removed, run the command"
                  + " again, and if that fails too, get %s by other means",
              download.algorithm(),
              found,
              download.checksum(),
              target.getFileName()));
    }
    part.complete();
  }
}
