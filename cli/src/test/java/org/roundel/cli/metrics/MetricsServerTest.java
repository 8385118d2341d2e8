package org.roundel.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

class MetricsServerTest {
  private static final String LOOPBACK = "127.0.0.1";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MetricsServer server = MetricsServer.start(registry, LOOPBACK, 0);

  @AfterEach
  void stop() {
    server.close();
    registry.close();
  }

  @Test
  void servesThePrometheusTextFormat() throws IOException {
    registry.counter("roundel.images").increment(128);
    String answer = request("GET /metrics HTTP/1.1");
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .contains("\r\nContent-type: text/plain; version=0.0.4");
    assertThat(answer)
        .contains("# TYPE roundel_images_total counter\nroundel_images_total 128.0\n");
    assertThat(answer).doesNotContain("# EOF").doesNotContain("Access-Control");
  }

  @Test
  void servesOpenMetricsOnRequest() throws IOException {
    registry.counter("roundel.images").increment(128);
    String accept =
        "Accept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2";
    String answer = request("GET /metrics HTTP/1.1\r\n" + accept);
    assertThat(answer).contains("\r\nContent-type: application/openmetrics-text; version=1.0.0");
    assertThat(answer)
        .contains("# TYPE roundel_images counter\n", "\nroundel_images_total 128.0\n");
    assertThat(answer).endsWith("# EOF\n");
  }

  @Test
  void refusesEverythingElse() throws IOException {
    assertThat(request("GET / HTTP/1.1")).startsWith("HTTP/1.1 404");
    assertThat(request("GET /metrics/x HTTP/1.1")).startsWith("HTTP/1.1 404");
    assertThat(request("POST /metrics HTTP/1.1\r\nContent-Length: 0"))
        .startsWith("HTTP/1.1 405")
        .contains("\r\nAllow: GET");
    assertThat(request("DELETE /metrics HTTP/1.1")).startsWith("HTTP/1.1 405");
  }

  @Test
  void listensOnTheGivenAddressOnly() {
    assertThat(server.address()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*/metrics");
  }

  @Test
  void saysThatAPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> MetricsServer.start(registry, LOOPBACK, taken.getLocalPort()))
          .isInstanceOfSatisfying(
              RoundelException.class,
              failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION))
          .hasMessage(
              "metrics-port: port "
                  + taken.getLocalPort()
                  + " of 127.0.0.1 cannot be opened: Address already in use. Choose another port;"
                  + " 0 picks a free one");
    }
  }

  @Test
  void saysWhatIsWrongWithAnAddress() {
    assertThatThrownBy(() -> MetricsServer.start(registry, LOOPBACK, 65_536))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("65536 is no port; allowed: 1 to 65535, or 0");
    assertThatThrownBy(() -> MetricsServer.start(registry, "no.such.host.invalid", 0))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("metrics-host: 'no.such.host.invalid' is no address");
  }

  @Test
  void givesThePortBackWhenClosed() {
    int port = URI.create(server.address()).getPort();
    server.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private String request(String head) throws IOException {
    int port = URI.create(server.address()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      String request = head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
