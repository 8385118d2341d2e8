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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      Outcome outcome = roundel.trainHere("--metrics-port=" + taken.getLocalPort());
      assertThat(outcome.exitCode()).isEqualTo(3);
      assertThat(outcome.err())
          .isEqualTo(
              "roundel: metrics-port: port "
                  + taken.getLocalPort()
                  + " of 127.0.0.1 cannot be opened: Address already in use. Choose another port;"
                  + " 0 picks a free one.\n");
    }
    assertThat(roundel.work()).isEmptyDirectory();
  }

  @Test
  void keepsThePortOpenForTheLastValues() throws Exception {
    Path classes = directory.resolve("classes.txt");
    List<String> arguments = new ArrayList<>(List.of("train", "--metrics-port=0"));
    arguments.addAll(List.of("--metrics-linger=600", "--metrics-file=run.prom"));
    arguments.addAll(Installation.TINY_RUN);
    Installation.Running run = roundel.start(arguments, "-Xlog:class+load:file=" + classes);
    URI address = URI.create(run.awaitLine("http://").replaceFirst(".*http", "http"));
    run.awaitErrorLine("Metrics stay at");
    HttpClient client = HttpClient.newHttpClient();
    String finished = "roundel_run_state{state=\"finished\"} 1.0\n";
    String served = get(client, address, "*/*").body();
    // 3 epochs of 24 batches of 4.
    assertThat(served)
        .contains(finished, "roundel_images_total 288.0\n", "roundel_time_left_seconds 0.0\n");
    assertThat(Files.readString(roundel.work().resolve("run.prom")))
        .contains(finished, "roundel_images_total 288.0\n");

    run.signal("INT");
    Outcome outcome = run.end();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .isEqualTo(
            "Metrics stay at "
                + address
                + " for 600 seconds, for the last values to be scraped; Ctrl-C ends that.\n");
    // What pushes to a collector costs nothing where there is none.
    assertThat(Files.readString(classes))
        .contains("io.micrometer.prometheusmetrics")
        .doesNotContain("io.micrometer.registry.otlp", "com.google.protobuf");
  }

  @Test
  void aRunThatDivergedTellsWhyAndThenWaits() throws Exception {
    Outcome outcome =
        roundel.train(
            "--metrics-port=0",
            "--metrics-linger=1",
            "--metrics-file=run.prom",
            "--metrics-otlp=http://127.0.0.1:1",
            "--quantizer=none",
            "--optimizer=sgd",
            "--learning-rate=1000",
            // The weights grow a thousandfold in every update, so they overflow in the first epoch.
            "--set=optimizer.weight-decay=1");
    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.err().indexOf("roundel: training diverged"))
        .isNotNegative()
        .isLessThan(outcome.err().indexOf("Metrics stay at"));
    assertThat(outcome.err()).containsOnlyOnce("training diverged").contains(" for 1 second, ");
    // Pushed at its end, at the latest.
    assertThat(outcome.err())
        .containsOnlyOnce("Metrics cannot be pushed to http://127.0.0.1:1/v1/metrics: ");
    assertThat(Files.readString(roundel.work().resolve("run.prom")))
        .contains("roundel_run_state{state=\"diverged\"} 1.0\n");
  }

  private static HttpResponse<String> get(HttpClient client, URI address, String accept)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).header("Accept", accept).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
