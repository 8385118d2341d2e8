package org.roundel.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.roundel.page.server.Access;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.WebServer;

class MetricsRouteTest {
  private static final int PATIENCE_MILLIS = 60_000;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final WebServer server =
      WebServer.start(
          new ListenAddress("metrics-", "127.0.0.1", 0),
          Access.OPEN,
          Map.of(MetricsRoute.PATH, new MetricsRoute(registry)));

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
  void obeysTheWeightsOfWhatIsAccepted() throws IOException {
    String head = "GET /metrics HTTP/1.1\r\n";
    assertThat(request(head + "Accept: application/openmetrics-text;q=0.1\r\nAccept: text/*"))
        .contains("\r\nContent-type: text/plain; version=0.0.4");
    assertThat(request(head + "Accept: image/png"))
        .startsWith("HTTP/1.1 406")
        .endsWith("\r\n\r\nServed are text/plain and application/openmetrics-text\n");
  }

  private String request(String head) throws IOException {
    int port = URI.create(server.address("/")).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      String rest = "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      out.write((head + rest).getBytes(StandardCharsets.US_ASCII));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
