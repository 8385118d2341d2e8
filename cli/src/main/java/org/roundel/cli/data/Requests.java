package org.roundel.cli.data;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow.Publisher;
import org.roundel.api.dataset.Download;

/** Sends the requests for a file and follows redirects, to HTTPS addresses only. */
final class Requests {
  private static final int MOST_REDIRECTS = 5;

  private final HttpClient client;
  private final Duration timeout;
  private final Download download;

  /**
   * Makes requests for one file.
   *
   * @param client one that does not follow redirects itself
   * @param timeout how long an answer may take to begin
   */
  Requests(HttpClient client, Duration timeout, Download download) {
    this.client = client;
    this.timeout = timeout;
    this.download = download;
  }

  /** Asks for the whole file. */
  HttpResponse<Publisher<List<ByteBuffer>>> fromTheStart()
      throws IOException, InterruptedException {
    return send(0, Optional.empty());
  }

  /**
   * Asks for the file from byte {@code first} on.
   *
   * @param version the mark of the file that the bytes before are from; if the server has another
   *     one now, it sends the whole
   */
  HttpResponse<Publisher<List<ByteBuffer>>> rest(long first, Optional<String> version)
      throws IOException, InterruptedException {
    return send(first, version);
  }

  private HttpResponse<Publisher<List<ByteBuffer>>> send(long first, Optional<String> version)
      throws IOException, InterruptedException {
    URI address = download.address();
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address).timeout(timeout).header("Accept-Encoding", "identity");
      if (first > 0) {
        request.header("Range", "bytes=" + first + "-");
        version.ifPresent(mark -> request.header("If-Range", mark));
      }
      HttpResponse<Publisher<List<ByteBuffer>>> response =
          client.send(request.build(), BodyHandlers.ofPublisher());
      if (!isRedirect(response.statusCode())) {
        return response;
      }
      ReceivedBody.discard(response);
      address = target(address, response);
    }
    throw DownloadFailures.of(
        download,
        "more than " + MOST_REDIRECTS + " redirects, the last to " + address + "; try again later");
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private URI target(URI address, HttpResponse<?> response) {
    String location = response.headers().firstValue("Location").orElse("");
    URI target;
    try {
      target = address.resolve(location);
    } catch (IllegalArgumentException malformed) {
      throw DownloadFailures.of(
          download, "redirected to '" + location + "', which is no address", malformed);
    }
    if (!Addresses.isSecure(target)) {
      throw DownloadFailures.of(
          download,
          "redirected to '"
              + target
              + "'; allowed: https only. Get the file by other means and put it into the directory");
    }
    return target;
  }
}
