package org.roundel.cli.data;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Flow.Publisher;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.api.dataset.Download;

/**
 * One attempt to receive a file, or the rest of it.
 *
 * <p>Copes with servers that send the whole file where the rest was asked for, that say there is no
 * such range, or that answer with another range: then it starts from the beginning.
 */
final class Transfer {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern NO_SUCH_RANGE = Pattern.compile("bytes \\*/(\\d{1,18})");
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final Requests requests;
  private final Duration stallTimeout;
  private final Download download;
  private final PartialFile part;
  private final DownloadProgress progress;

  Transfer(
      Requests requests,
      Duration stallTimeout,
      Download download,
      PartialFile part,
      DownloadProgress progress) {
    this.requests = requests;
    this.stallTimeout = stallTimeout;
    this.download = download;
    this.part = part;
    this.progress = progress;
  }

  /**
   * Receives until the server's answer ends.
   *
   * @throws IOException if the connection breaks or stalls; what came is kept
   */
  void run() throws IOException, InterruptedException {
    long have = part.length();
    if (have > 0) {
      HttpResponse<Publisher<List<ByteBuffer>>> response = requests.rest(have, part.version());
      Matcher range = CONTENT_RANGE.matcher(header(response, "Content-Range"));
      if (response.statusCode() == PARTIAL
          && range.matches()
          && Long.parseLong(range.group(1)) == have) {
        String total = range.group(3);
        receive(response, "*".equals(total) ? DownloadProgress.UNKNOWN : Long.parseLong(total));
        return;
      }
      if (response.statusCode() == OK) {
        receiveWhole(response);
        return;
      }
      ReceivedBody.discard(response);
      if (response.statusCode() == RANGE_NOT_SATISFIABLE && isAll(response, have)) {
        return;
      }
      if (response.statusCode() != RANGE_NOT_SATISFIABLE && response.statusCode() != PARTIAL) {
        throw refused(response.statusCode());
      }
    }
    HttpResponse<Publisher<List<ByteBuffer>>> response = requests.fromTheStart();
    if (response.statusCode() != OK) {
      ReceivedBody.discard(response);
      throw refused(response.statusCode());
    }
    receiveWhole(response);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Whether there is no more because what is on disk is everything. */
  private static boolean isAll(HttpResponse<?> response, long have) {
    Matcher range = NO_SUCH_RANGE.matcher(header(response, "Content-Range"));
    return range.matches() && Long.parseLong(range.group(1)) == have;
  }

  private RuntimeException refused(int status) {
    String cure =
        status == 404 || status == 410
            ? "the file is no longer there; look for it on the publisher's page"
            : "try again later, what was received so far is kept";
    return DownloadFailures.of(download, "the server answered with status " + status + "; " + cure);
  }

  private void receiveWhole(HttpResponse<Publisher<List<ByteBuffer>>> response)
      throws IOException, InterruptedException {
    try {
      part.restart(version(response));
    } catch (IOException failure) {
      ReceivedBody.discard(response);
      throw notWritten(failure);
    }
    receive(
        response,
        response.headers().firstValueAsLong("Content-Length").orElse(DownloadProgress.UNKNOWN));
  }

  /** The entity tag if it is a strong one, else the time of the last change. */
  private static Optional<String> version(HttpResponse<?> response) {
    Optional<String> tag = response.headers().firstValue("ETag");
    return tag.isPresent() && tag.get().startsWith("\"")
        ? tag
        : response.headers().firstValue("Last-Modified");
  }

  private void receive(HttpResponse<Publisher<List<ByteBuffer>>> response, long total)
      throws IOException, InterruptedException {
    if (total > download.largestSize()) {
      ReceivedBody.discard(response);
      throw tooLarge(total + " bytes");
    }
    try (ReceivedBody body = ReceivedBody.of(response)) {
      long received = part.length();
      progress.received(download, received, total);
      List<ByteBuffer> piece = body.next(stallTimeout);
      while (piece != null) {
        received += append(piece);
        if (received > download.largestSize()) {
          throw tooLarge("more than it should");
        }
        progress.received(download, received, total);
        piece = body.next(stallTimeout);
      }
      if (total != DownloadProgress.UNKNOWN && received != total) {
        throw new IOException("received " + received + " of " + total + " bytes");
      }
    }
  }

  private RuntimeException tooLarge(String size) {
    return DownloadFailures.of(
        download,
        String.format(
            Locale.ROOT,
            "the server sends %s, allowed: at most %s; this is not the file, get it by other means",
            size,
            download.largestSize()));
  }

  private long append(List<ByteBuffer> piece) throws ClosedByInterruptException {
    try {
      long count = 0;
      for (ByteBuffer bytes : piece) {
        count += bytes.remaining();
        part.append(bytes);
      }
      return count;
    } catch (ClosedByInterruptException interrupted) {
      throw interrupted;
    } catch (IOException failure) {
      throw notWritten(failure);
    }
  }

  private RuntimeException notWritten(IOException failure) {
    return DownloadFailures.of(
        download,
        String.format(
            Locale.ROOT,
            "cannot write %s: %s; check the free space and the permissions",
            part.path(),
            DownloadFailures.reason(failure)),
        failure);
  }
}
