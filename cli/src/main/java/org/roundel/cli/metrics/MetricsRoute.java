package org.roundel.cli.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.roundel.page.server.Request;
import org.roundel.page.server.Route;

/**
 * Answers with a registry's meters, in the Prometheus text format, or in OpenMetrics where the
 * request's Accept header prefers it.
 *
 * @param registry what is served
 */
public record MetricsRoute(PrometheusMeterRegistry registry) implements Route {
  /** The path that is served. */
  public static final String PATH = "/metrics";

  private static final List<MediaType> OFFERS = List.of(MediaType.TEXT, MediaType.OPEN_METRICS);

  @Override
  public void answer(Request request) throws IOException {
    MediaType type = new AcceptHeader(request.header("Accept")).preferred(OFFERS);
    if (type == null) {
      request.refuse(
          406, "Served are " + MediaType.TEXT.name() + " and " + MediaType.OPEN_METRICS.name());
      return;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    registry.scrape(body, type.contentType());
    request.setHeader("Vary", "Accept");
    request.answer(200, type.contentType(), body.toByteArray());
  }
}
