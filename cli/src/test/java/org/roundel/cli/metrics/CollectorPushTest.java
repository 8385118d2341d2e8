package org.roundel.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.metrics.TrainingMetrics;
import org.roundel.core.run.CapturedLog;

/** Metrics pushed to a socket. */
class CollectorPushTest {
  private final CapturedLog log = new CapturedLog(CollectorSender.class);
  private final ServerSocket socket = open();

  private static ServerSocket open() {
    try {
      return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @AfterEach
  void close() throws IOException {
    log.close();
    socket.close();
  }

  @Test
  void pushesAllThatARunHasInTheProtocol() throws Exception {
    CompletableFuture<Received> received =
        CompletableFuture.supplyAsync(() -> answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    MeterRegistry registry = CollectorPush.start(address());
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      PlayedRun.tell(metrics);
    }
    registry.close();

    Received request = received.get();
    assertThat(request.head())
        .startsWith("POST /v1/metrics HTTP/1.1\r\n")
        .containsIgnoringCase("content-type: application/x-protobuf");
    ResourceMetrics resource =
        ExportMetricsServiceRequest.parseFrom(request.body()).getResourceMetrics(0);
    assertThat(resource.getResource().getAttributesList())
        .anyMatch(
            attribute ->
                attribute.getKey().equals("service.name")
                    && attribute.getValue().getStringValue().equals("roundel"));
    Map<String, Metric> metrics =
        resource.getScopeMetrics(0).getMetricsList().stream()
            .collect(Collectors.toMap(Metric::getName, metric -> metric, (one, other) -> one));
    assertThat(metrics.get("roundel.images").getSum().getDataPoints(0).getAsDouble()).isEqualTo(40);
    assertThat(metrics.get("roundel.images").getSum().getIsMonotonic()).isTrue();
    assertThat(metrics.get("roundel.best.error").getGauge().getDataPoints(0).getAsDouble())
        .isEqualTo(0.5);
    assertThat(metrics.get("roundel.update.loss").getHistogram().getDataPoints(0).getSum())
        .isEqualTo(2);
    HistogramDataPoint steps = metrics.get("roundel.step").getHistogram().getDataPoints(0);
    assertThat(steps.getCount()).isEqualTo(1);
    assertThat(steps.getBucketCountsCount()).isEqualTo(steps.getExplicitBoundsCount() + 1);
    assertThat(metrics.get("roundel.step").getUnit()).isEqualTo("seconds");
    assertThat(metrics.get("roundel.run.state").getGauge().getDataPointsCount()).isEqualTo(7);
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void tellsOnceOfACollectorThatIsNotThere() throws Exception {
    socket.close();
    send(3);
    assertThat(log.messages())
        .containsExactly(
            "WARN Metrics cannot be pushed to "
                + address()
                + ": no connection. No run waits for that; they are tried every 10 s, and this is"
                + " told only once");
  }

  @Test
  void tellsOfARefusal() throws Exception {
    CompletableFuture<Received> received =
        CompletableFuture.supplyAsync(
            () -> answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"));
    send(1);
    received.get();
    assertThat(log.messages())
        .singleElement()
        .asString()
        .contains(": it answers with status 401. ");
  }

  @Test
  void isNotHeldUpByAnAnswerWithoutEnd() throws Exception {
    CompletableFuture<Received> received =
        CompletableFuture.supplyAsync(() -> answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
    send(1);
    received.get();
    assertThat(log.messages()).singleElement().asString().contains(": no answer within 5 s. ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:4318", "ftp://localhost", "http://", "http:///v1", "a b", "", "http:x"})
  void refusesWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> CollectorPush.start(address))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("metrics-otlp: '" + address + "' is no address of a collector; ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:s3cret@host:4318",
        "https://s3cret@host",
        "https://me:s3cret@x@host",
        "https://me:s3/cret@host",
        "https://me:s3 cret@host"
      })
  void refusesAPasswordAndDoesNotTellIt(String address) {
    assertThatThrownBy(() -> CollectorPush.address(address))
        .isInstanceOfSatisfying(
            RoundelException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessage(
            "metrics-otlp: the address (not shown here) has an '@', and no name or password may"
                + " stand in it; allowed: http://HOST:PORT or https://HOST:PORT, with or without a"
                + " path, as in http://localhost:4318. Give what lets you in as a header, in the"
                + " environment variable OTEL_EXPORTER_OTLP_HEADERS");
    assertThat(CollectorPush.address("http://host/x@y")).isEqualTo("http://host/x@y");
  }

  @Test
  void tellsNoKeyInAnAddress() throws Exception {
    assertThatThrownBy(() -> CollectorPush.address("host:4318/v1?key=s3cret"))
        .hasMessageContaining("'host:4318/v1?…'")
        .hasMessageNotContaining("s3cret");
    String address = address() + "/v1/metrics?key=s3cret";
    for (String given : List.of("", "/", "/v1/metrics")) {
      assertThat(CollectorPush.address(address() + given + "?key=s3cret")).isEqualTo(address);
    }
    socket.close();
    new CollectorSender()
        .send(OtlpMetricsSender.Request.builder(new byte[] {1}).address(address).build());
    assertThat(log.messages()).singleElement().asString().contains("/v1/metrics?…: no connection");
  }

  @Test
  void namesAHeaderThatCannotBeSentAndNotItsValue() throws Exception {
    Map<String, String> headers = Map.of("my key", "s3cret", "key", "s3cret\n");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      new CollectorSender()
          .send(
              OtlpMetricsSender.Request.builder(new byte[] {1})
                  .address(address())
                  .headers(Map.ofEntries(header))
                  .build());
    }
    assertThat(log.messages())
        .hasSize(2)
        .allMatch(message -> message.contains("in OTEL_EXPORTER_OTLP_HEADERS is none that can"))
        .noneMatch(message -> message.contains("s3cret"))
        .anyMatch(message -> message.contains("the header 'my key' "));
  }

  private void send(int times) throws Exception {
    CollectorSender sender = new CollectorSender();
    for (int time = 0; time < times; time++) {
      sender.send(OtlpMetricsSender.Request.builder(new byte[] {1}).address(address()).build());
    }
  }

  private String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private record Received(String head, byte[] body) {}

  /** Takes one request. */
  private Received answer(String answer) {
    try {
      // Left open: what was not read to its end must not look like an end.
      Socket client = socket.accept();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) client.getInputStream().read());
      }
      int length =
          head.toString()
              .toLowerCase(Locale.ROOT)
              .lines()
              .filter(line -> line.startsWith("content-length:"))
              .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
              .findFirst()
              .orElseThrow();
      byte[] body = client.getInputStream().readNBytes(length);
      OutputStream out = client.getOutputStream();
      out.write(answer.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new Received(head.toString(), body);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
