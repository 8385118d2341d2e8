package org.roundel.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.dataset.Download;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class DownloaderTest {
  private static final int LENGTH = 1_000_000;
  private static final int CUT = 400_000;
  private static final String TAG = "\"v1\"";
  private static final DownloadProgress NOBODY = (download, received, total) -> {};

  private final byte[] content = new byte[LENGTH];
  private final Downloader downloader = new Downloader();
  @TempDir Path directory;

  DownloaderTest() {
    new Random(1).nextBytes(content);
  }

  private Download download(URI address) throws Exception {
    String checksum =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    return new Download(address, "data.bin", LENGTH, "SHA-256", checksum);
  }

  private static int firstByte(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  /** Answers as a server that knows ranges. */
  private void serve(HttpExchange exchange) throws IOException {
    int first = firstByte(exchange);
    exchange.getResponseHeaders().set("ETag", TAG);
    if (exchange.getRequestHeaders().getFirst("Range") == null) {
      TestServer.send(exchange, 200, content, 0, LENGTH);
    } else if (first >= LENGTH) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + LENGTH);
      TestServer.send(exchange, 416, content, 0, 0);
    } else {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + first + "-" + (LENGTH - 1) + "/" + LENGTH);
      TestServer.send(exchange, 206, content, first, LENGTH - first);
    }
  }

  /** Promises everything, sends a part and hangs up. */
  private void cut(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("ETag", TAG);
    exchange.sendResponseHeaders(200, LENGTH);
    exchange.getResponseBody().write(content, 0, CUT);
    exchange.getResponseBody().flush();
  }

  private void assertFetched() throws IOException {
    assertThat(Files.readAllBytes(directory.resolve("data.bin"))).isEqualTo(content);
    assertThat(names()).containsExactly("data.bin");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static RoundelException failure(ThrowingFetch fetch) {
    AtomicReference<RoundelException> found = new AtomicReference<>();
    assertThatThrownBy(fetch::run).isInstanceOfSatisfying(RoundelException.class, found::set);
    assertThat(found.get().kind()).isEqualTo(ErrorKind.CONFIGURATION);
    return found.get();
  }

  @FunctionalInterface
  private interface ThrowingFetch {
    void run() throws Exception;
  }

  @Test
  void fetchesAFileAndReportsProgress() throws Exception {
    List<Long> received = new ArrayList<>();
    List<Long> totals = new ArrayList<>();
    try (TestServer server = TestServer.start((exchange, number) -> serve(exchange))) {
      Path file =
          downloader.fetch(
              download(server.address()),
              directory,
              (download, count, total) -> {
                received.add(count);
                totals.add(total);
              });
      assertThat(file).isEqualTo(directory.resolve("data.bin"));
    }
    assertFetched();
    assertThat(received).isSorted().startsWith(0L).endsWith((long) LENGTH);
    assertThat(totals).containsOnly((long) LENGTH);
  }

  @Test
  void refusesMoreThanTheFileCanHave() throws Exception {
    for (boolean announced : new boolean[] {true, false}) {
      byte[] tooMuch = new byte[LENGTH + 100_000];
      try (TestServer server =
          TestServer.start(
              (exchange, number) -> {
                // A length of 0 means chunks without an announced end.
                exchange.sendResponseHeaders(200, announced ? tooMuch.length : 0);
                exchange.getResponseBody().write(tooMuch);
              })) {
        assertThatThrownBy(() -> downloader.fetch(download(server.address()), directory, NOBODY))
            .isInstanceOf(RoundelException.class)
            .hasMessageContaining("allowed: at most " + LENGTH);
      }
      assertThat(directory.resolve("data.bin")).doesNotExist();
    }
  }

  @Test
  void doesNotFetchWhatIsThere() throws Exception {
    Files.write(directory.resolve("data.bin"), content);
    try (TestServer server = TestServer.start((exchange, number) -> serve(exchange))) {
      downloader.fetch(download(server.address()), directory, NOBODY);
      assertThat(server.requests()).isEmpty();
    }
    assertFetched();
  }

  @Test
  void replacesAFileWithAnotherChecksum() throws Exception {
    Files.write(directory.resolve("data.bin"), new byte[] {1});
    try (TestServer server = TestServer.start((exchange, number) -> serve(exchange))) {
      downloader.fetch(download(server.address()), directory, NOBODY);
    }
    assertFetched();
  }

  @Test
  void continuesAfterACutConnection() throws Exception {
    try (TestServer server =
        TestServer.start(
            (exchange, number) -> {
              if (number == 1) {
                cut(exchange);
              } else {
                serve(exchange);
              }
            })) {
      downloader.fetch(download(server.address()), directory, NOBODY);
      assertThat(server.requests()).hasSize(2).startsWith("null null");
      assertThat(server.requests().get(1)).matches("bytes=[1-9]\\d*- " + TAG);
    }
    assertFetched();
  }

  @Test
  void continuesWhatAnEarlierRunLeft() throws Exception {
    Files.write(directory.resolve("data.bin.part"), Arrays.copyOf(content, CUT));
    try (TestServer server = TestServer.start((exchange, number) -> serve(exchange))) {
      downloader.fetch(download(server.address()), directory, NOBODY);
      assertThat(server.requests()).containsExactly("bytes=" + CUT + "- null");
    }
    assertFetched();
  }

  @Test
  void startsAnewWhenTheServerIgnoresTheRange() throws Exception {
    Files.write(directory.resolve("data.bin.part"), new byte[CUT]);
    try (TestServer server =
        TestServer.start(
            (exchange, number) -> TestServer.send(exchange, 200, content, 0, LENGTH))) {
      downloader.fetch(download(server.address()), directory, NOBODY);
      assertThat(server.requests()).hasSize(1);
    }
    assertFetched();
  }

  @Test
  void startsAnewWhenThePartIsLongerThanTheFile() throws Exception {
    Files.write(directory.resolve("data.bin.part"), new byte[LENGTH + 5]);
    try (TestServer server = TestServer.start((exchange, number) -> serve(exchange))) {
      downloader.fetch(download(server.address()), directory, NOBODY);
      assertThat(server.requests())
          .containsExactly("bytes=" + (LENGTH + 5) + "- null", "null null");
    }
    assertFetched();
  }

  @Test
  void acceptsAPartThatIsAlreadyComplete() throws Exception {
    Files.write(directory.resolve("data.bin.part"), content);
    try (TestServer server = TestServer.start((exchange, number) -> serve(exchange))) {
      downloader.fetch(download(server.address()), directory, NOBODY);
      assertThat(server.requests()).containsExactly("bytes=" + LENGTH + "- null");
    }
    assertFetched();
  }

  @Test
  void startsAnewWhenTheAnswerIsAboutAnotherRange() throws Exception {
    Files.write(directory.resolve("data.bin.part"), Arrays.copyOf(content, CUT));
    try (TestServer server =
        TestServer.start(
            (exchange, number) -> {
              if (number == 1) {
                exchange.getResponseHeaders().set("Content-Range", "bytes 0-9/" + LENGTH);
                TestServer.send(exchange, 206, content, 0, 10);
              } else {
                serve(exchange);
              }
            })) {
      downloader.fetch(download(server.address()), directory, NOBODY);
      assertThat(server.requests()).containsExactly("bytes=" + CUT + "- null", "null null");
    }
    assertFetched();
  }

  @Test
  void removesWhatHasTheWrongChecksum() throws Exception {
    try (TestServer server =
        TestServer.start((exchange, number) -> TestServer.send(exchange, 200, content, 0, 10))) {
      RoundelException failure =
          failure(() -> downloader.fetch(download(server.address()), directory, NOBODY));
      assertThat(failure)
          .hasMessageStartingWith(
              "cannot download " + server.address() + ": the SHA-256 of what was received is ")
          .hasMessageContaining(", expected " + download(server.address()).checksum())
          .hasMessageEndingWith(
              "; it was removed, run the command again, and if that fails too, get data.bin by"
                  + " other means");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void keepsTheOldFileWhenTheNewOneIsWrong() throws Exception {
    Files.write(directory.resolve("data.bin"), new byte[] {1});
    try (TestServer server =
        TestServer.start((exchange, number) -> TestServer.send(exchange, 200, content, 0, 10))) {
      failure(() -> downloader.fetch(download(server.address()), directory, NOBODY));
    }
    assertThat(Files.readAllBytes(directory.resolve("data.bin"))).containsExactly(1);
  }

  @Test
  void reportsAMissingFile() throws Exception {
    try (TestServer server =
        TestServer.start((exchange, number) -> TestServer.send(exchange, 404, content, 0, 10))) {
      RoundelException failure =
          failure(() -> downloader.fetch(download(server.address()), directory, NOBODY));
      assertThat(failure)
          .hasMessage(
              "cannot download "
                  + server.address()
                  + ": the server answered with status 404; the file is no longer there; look for"
                  + " it on the publisher's page");
    }
  }

  @Test
  void keepsWhatItHasWhenTheServerIsInTrouble() throws Exception {
    Files.write(directory.resolve("data.bin.part"), Arrays.copyOf(content, CUT));
    try (TestServer server =
        TestServer.start((exchange, number) -> TestServer.send(exchange, 503, content, 0, 10))) {
      RoundelException failure =
          failure(() -> downloader.fetch(download(server.address()), directory, NOBODY));
      assertThat(failure)
          .hasMessageContaining("status 503; try again later, what was received so far is kept");
    }
    assertThat(Files.size(directory.resolve("data.bin.part"))).isEqualTo(CUT);
  }

  @Test
  void givesUpWhenAnAttemptBringsNothing() throws Exception {
    Files.write(directory.resolve("data.bin.part"), Arrays.copyOf(content, CUT));
    // A status line that promises bytes, and then the end of the connection.
    try (TestServer server =
        TestServer.start(
            (exchange, number) -> {
              int first = firstByte(exchange);
              exchange
                  .getResponseHeaders()
                  .set("Content-Range", "bytes " + first + "-" + (LENGTH - 1) + "/" + LENGTH);
              exchange.sendResponseHeaders(206, LENGTH - first);
            })) {
      RoundelException failure =
          failure(() -> downloader.fetch(download(server.address()), directory, NOBODY));
      assertThat(failure)
          .hasMessageContaining(CUT + " bytes are kept, run the command again to continue");
    }
  }

  @Test
  void givesUpOnASilentServer() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    Downloader impatient = new Downloader(client, Duration.ofMillis(300));
    CountDownLatch finished = new CountDownLatch(1);
    try (TestServer server =
        TestServer.start(
            (exchange, number) -> {
              exchange.sendResponseHeaders(200, LENGTH);
              exchange.getResponseBody().flush();
              await(finished);
            })) {
      RoundelException failure =
          failure(() -> impatient.fetch(download(server.address()), directory, NOBODY));
      assertThat(failure).hasMessageContaining("run the command again to continue");
      finished.countDown();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  @Test
  void refusesARedirectToPlainHttp() throws Exception {
    try (TestServer server =
        TestServer.start(
            (exchange, number) -> {
              exchange.getResponseHeaders().set("Location", "/elsewhere");
              exchange.sendResponseHeaders(302, -1);
            })) {
      RoundelException failure =
          failure(() -> downloader.fetch(download(server.address()), directory, NOBODY));
      assertThat(failure)
          .hasMessage(
              "cannot download "
                  + server.address()
                  + ": redirected to '"
                  + server.address().resolve("/elsewhere")
                  + "'; allowed: https only. Get the file by other means and put it into the"
                  + " directory");
    }
  }

  @Test
  void refusesPlainHttpFromOtherMachines() {
    for (String address :
        List.of(
            "http://example.org/data.bin",
            "ftp://example.org/data.bin",
            "file:///etc/passwd",
            "http://127.0.0.1.example.org/data.bin")) {
      RoundelException failure =
          failure(() -> downloader.fetch(download(URI.create(address)), directory, NOBODY));
      assertThat(failure)
          .hasMessage(
              "cannot download "
                  + address
                  + ": the address is not https, the only kind that is allowed");
    }
  }

  @Test
  void twoDownloadsOfOneFileDoNotMix() throws Exception {
    AtomicReference<RoundelException> second = new AtomicReference<>();
    try (TestServer server = TestServer.start((exchange, number) -> serve(exchange))) {
      Download download = download(server.address());
      downloader.fetch(
          download,
          directory,
          (same, received, total) -> {
            if (received == 0) {
              second.set(failure(() -> downloader.fetch(download, directory, NOBODY)));
            }
          });
    }
    assertThat(second.get())
        .hasMessageContaining("another program is writing")
        .hasMessageContaining("data.bin.part; wait for it or stop it");
    assertFetched();
  }

  @Test
  void stopsWhenItIsInterruptedAndKeepsWhatItHas() throws Exception {
    try (TestServer server = TestServer.start((exchange, number) -> serve(exchange))) {
      Download download = download(server.address());
      assertThatThrownBy(
              () ->
                  downloader.fetch(
                      download,
                      directory,
                      (same, received, total) -> {
                        if (received > 0) {
                          Thread.currentThread().interrupt();
                        }
                      }))
          .isInstanceOf(InterruptedException.class);
      assertThat(Files.size(directory.resolve("data.bin.part"))).isPositive();
      downloader.fetch(download, directory, NOBODY);
    }
    assertFetched();
  }

  @Test
  void saysThatADirectoryCannotBeWritten() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[1]);
    RoundelException failure =
        failure(
            () ->
                downloader.fetch(
                    download(URI.create("https://example.org/data.bin")), file, NOBODY));
    assertThat(failure)
        .hasMessageContaining("cannot write to " + file)
        .hasMessageEndingWith(
            "; check the free space and the permissions, or choose another --data-dir");
  }
}
