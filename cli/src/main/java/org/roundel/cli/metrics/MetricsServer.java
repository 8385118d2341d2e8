package org.roundel.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a registry's meters over HTTP: {@code GET /metrics} and nothing else.
 *
 * <p>The answer is the Prometheus text format, or OpenMetrics where the request's Accept header
 * asks for it. It is public to whoever reaches the address, so that is loopback unless the user
 * opens it; there is nothing here that changes anything.
 */
public final class MetricsServer implements AutoCloseable {
  /** The path that is served. */
  public static final String PATH = "/metrics";

  private static final Logger logger = LoggerFactory.getLogger(MetricsServer.class);
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
  private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final int THREADS = 2;
  private static final int QUEUE = 32;
  private static final int LAST_PORT = 65_535;
  private static final int BACKLOG = 16;

  private final PrometheusMeterRegistry registry;
  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsServer(PrometheusMeterRegistry registry, HttpServer server) {
    this.registry = registry;
    this.server = server;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "metrics");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts serving.
   *
   * @param registry what is served
   * @param host the address to listen on, a name or a number
   * @param port the port; 0 for any free one
   * @throws RoundelException of kind CONFIGURATION if the address cannot be listened on
   */
  public static MetricsServer start(PrometheusMeterRegistry registry, String host, int port) {
    // Read once by the JDK's server: a client that never ends its request must not hold a thread.
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", "10");
    }
    if (port < 0 || port > LAST_PORT) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "metrics-port: "
              + port
              + " is no port; allowed: 1 to "
              + LAST_PORT
              + ", or 0 for any free one");
    }
    HttpServer http;
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
      http = HttpServer.create(address, BACKLOG);
    } catch (UnknownHostException unknown) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "metrics-host: '"
              + host
              + "' is no address of a machine; use 127.0.0.1 for this machine only, or 0.0.0.0 for"
              + " every network it is on",
          unknown);
    } catch (IOException refused) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "metrics-port: port "
              + port
              + " of "
              + host
              + " cannot be opened: "
              + refused.getMessage()
              + ". Choose another port; 0 picks a free one",
          refused);
    }
    MetricsServer server = new MetricsServer(registry, http);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** Returns the address to point Prometheus at. */
  public String address() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + bound.getPort()
        + PATH;
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        answer(exchange, 404, "Not found. The metrics are at " + PATH + "\n");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        answer(exchange, 405, "Only GET is answered\n");
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
    String contentType = contentType(exchange.getRequestHeaders().getFirst("Accept"));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    registry.scrape(body, contentType);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(200, body.size());
    body.writeTo(exchange.getResponseBody());
  }

  private static String contentType(@Nullable String accept) {
    if (accept != null && accept.toLowerCase(Locale.ROOT).contains(OPEN_METRICS)) {
      return OPEN_METRICS_TYPE;
    }
    return TEXT_TYPE;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops serving; requests under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
