package org.roundel.cli.metrics;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a request for the metrics, and refuses any other. */
final class MetricsHandler implements HttpHandler {
  private static final Logger logger = LoggerFactory.getLogger(MetricsHandler.class);
  private static final List<MediaType> OFFERS = List.of(MediaType.TEXT, MediaType.OPEN_METRICS);
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String METHODS = "GET, HEAD";

  private final PrometheusMeterRegistry registry;
  private final ServedNames names;

  MetricsHandler(PrometheusMeterRegistry registry, ServedNames names) {
    this.registry = registry;
    this.names = names;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!names.include(exchange.getRequestHeaders().get("Host"))) {
        refuse(
            exchange,
            403,
            "Not served under this name; use the number of the address, localhost, or the name that"
                + " --metrics-host was given");
      } else if (!MetricsServer.PATH.equals(exchange.getRequestURI().getPath())) {
        refuse(exchange, 404, "Not found. The metrics are at " + MetricsServer.PATH);
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", METHODS);
        refuse(exchange, 405, "Only " + METHODS + " are answered");
      } else {
        scrape(exchange);
      }
    } catch (IOException gone) {
      logger.debug("A client went away", gone);
    } catch (RuntimeException failed) {
      logger.warn("The metrics could not be served", failed);
    }
  }

  private void scrape(HttpExchange exchange) throws IOException {
    List<String> accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of());
    MediaType type = new AcceptHeader(String.join(",", accept)).preferred(OFFERS);
    if (type == null) {
      refuse(
          exchange,
          406,
          "Served are " + MediaType.TEXT.name() + " and " + MediaType.OPEN_METRICS.name());
      return;
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    registry.scrape(body, type.contentType());
    exchange.getResponseHeaders().set("Vary", "Accept");
    answer(exchange, 200, type.contentType(), body.toByteArray());
  }

  private static void refuse(HttpExchange exchange, int status, String text) throws IOException {
    answer(exchange, status, PLAIN, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    if (exchange.getRequestMethod().equals("HEAD")) {
      // The length that GET would have; handed to the next call, the JDK would wait for the body.
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
