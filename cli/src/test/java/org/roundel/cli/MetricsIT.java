package org.roundel.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The packaged program serves metrics while it trains. */
class MetricsIT extends OwnInstallation {
  @Test
  void servesBothFormatsWhileARunLasts() throws Exception {
    // More epochs than this test waits for; a signal ends the run.
    Installation.Running run =
        roundel.startTraining("--metrics-port=0", "--set=epochs=9999", "--latent-error");
    URI address = URI.create(run.awaitLine("http://").replaceFirst(".*http", "http"));
    assertThat(address.getHost()).isEqualTo("127.0.0.1");
    Socket slow = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
    slow.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: local".getBytes(US_ASCII));
    run.awaitLine(" 1/9999 ");

    HttpClient client = HttpClient.newHttpClient();
    HttpResponse<String> text = get(client, address, "*/*");
    assertThat(text.statusCode()).isEqualTo(200);
    assertThat(text.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(text.body())
        .containsPattern("\nroundel_images_total [1-9]")
        .containsPattern("\nroundel_error\\{split=\"test\",weights=\"latent\"} [01]")
        .containsPattern("\njvm_memory_used_bytes\\{");

    HttpResponse<String> open =
        get(client, address, "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertThat(open.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(open.body()).contains("# TYPE roundel_images counter").endsWith("# EOF\n");

    try (slow) {
      assertThat(isCutOff(slow)).as("a request that does not end").isTrue();
    }
    run.signal("INT");
    assertThat(run.end().exitCode()).isEqualTo(130);
  }

  private static boolean isCutOff(Socket socket) throws IOException {
    socket.setSoTimeout(60_000);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException waiting) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void refusesAPortThatIsInUseBeforeAnythingIsWritten() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = roundel.train("--metrics-port=" + taken.getLocalPort());
      assertThat(outcome.exitCode()).isEqualTo(3);
      assertThat(outcome.err())
          .isEqualTo(
              "roundel: metrics-port: port "
                  + taken.getLocalPort()
                  + " of 127.0.0.1 cannot be opened: Address already in use. Choose another port;"
                  + " 0 picks a free one\n");
    }
    assertThat(roundel.work()).isEmptyDirectory();
  }

  private static HttpResponse<String> get(HttpClient client, URI address, String accept)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).header("Accept", accept).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
