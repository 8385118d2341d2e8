package org.roundel.cli.metrics;

import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.roundel.api.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends metrics to a collector. One that does not answer, or refuses them, is told of once:
 * training goes on without it, and what is sent next has the same counts and more.
 *
 * <p>Used by the thread that pushes, and at the end by the one that closes.
 */
final class CollectorSender implements OtlpMetricsSender {
  private static final Logger logger = LoggerFactory.getLogger(CollectorSender.class);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int REDIRECTION = 300;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LONGEST).build();
  private boolean told;

  @Override
  public void send(Request request) throws InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(URI.create(request.getAddress()))
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.getMetricsData()));
    for (Map.Entry<String, String> header : request.getHeaders().entrySet()) {
      try {
        post.header(header.getKey(), header.getValue());
      } catch (IllegalArgumentException notAllowed) {
        // Its message has the value, which may be a password.
        tell(
            request,
            "the header "
                + MessageText.quoted(header.getKey())
                + " in OTEL_EXPORTER_OTLP_HEADERS is none that can be sent");
        return;
      }
    }
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(post.build(), HttpResponse.BodyHandlers.discarding());
    try {
      // The client's own limit would not hold for an answer that never ends.
      int status = answer.get(LONGEST.toSeconds(), TimeUnit.SECONDS).statusCode();
      if (status < OK || status >= REDIRECTION) {
        tell(request, "it answers with status " + status);
      }
    } catch (TimeoutException late) {
      answer.cancel(true);
      tell(request, "no answer within " + LONGEST.toSeconds() + " s");
    } catch (ExecutionException failed) {
      tell(request, reason(failed.getCause()));
    }
  }

  private static String reason(Throwable cause) {
    // Its own message is empty.
    if (cause instanceof ConnectException) {
      return "no connection";
    }
    return cause instanceof IOException && cause.getMessage() != null
        ? cause.getMessage()
        : cause.toString();
  }

  private synchronized void tell(Request request, String why) {
    String place = CollectorPush.shown(request.getAddress());
    if (told) {
      logger.debug("Metrics cannot be pushed to {}: {}", place, why);
      return;
    }
    told = true;
    logger.warn(
        "Metrics cannot be pushed to {}: {}. No run waits for that; they are tried every {} s, and"
            + " this is told only once",
        place,
        why,
        CollectorPush.STEP.toSeconds());
  }
}
