package org.roundel.cli.metrics;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * Serves a registry's meters over HTTP: {@code GET /metrics} and nothing else.
 *
 * <p>The answer is the Prometheus text format, or OpenMetrics where the request's Accept header
 * prefers it. It is public to whoever reaches the address, so that is loopback unless the user
 * opens it; there is nothing here that changes anything. A client that is slow, or never ends, is
 * cut off after ten seconds and holds up no other.
 */
public final class MetricsServer implements AutoCloseable {
  /** The path that is served. */
  public static final String PATH = "/metrics";

  private static final int LAST_PORT = 65_535;
  private static final int BACKLOG = 16;

  /** More clients than any one machine needs; more connections at a time are closed at once. */
  private static final int MOST_CONNECTIONS = 64;

  private static final int THREAD_IDLE_SECONDS = 10;

  private final HttpServer server;
  private final ExecutorService threads;

  /** A thread for each connection that is being answered, so that a slow one holds up no other. */
  private MetricsServer(HttpServer server) {
    this.server = server;
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_CONNECTIONS,
            THREAD_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
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
    setLimits();
    if (port < 0 || port > LAST_PORT) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "metrics-port: %s is no port; allowed: 1 to %s, or 0 for any free one",
              port,
              LAST_PORT));
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
          String.format(
              Locale.ROOT,
              "metrics-port: port %s of %s cannot be opened: %s. Choose another port; 0 picks a"
                  + " free one",
              port,
              host,
              refused.getMessage()),
          refused);
    }
    MetricsServer server = new MetricsServer(http);
    http.setExecutor(server.threads);
    ServedNames names = new ServedNames(host, http.getAddress().getAddress());
    http.createContext("/", new MetricsHandler(registry, names));
    http.start();
    return server;
  }

  /** The JDK's server reads these once; without them a client may take for ever. */
  private static void setLimits() {
    Map<String, Integer> limits =
        Map.of(
            "sun.net.httpserver.maxReqTime", // seconds, from the connection to the last header
            10,
            "sun.net.httpserver.maxRspTime", // seconds, from there to the answer's last byte
            10,
            "sun.net.httpserver.maxReqHeaderSize", // bytes
            16_384,
            "sun.net.httpserver.maxIdleConnections",
            MOST_CONNECTIONS / 4,
            "jdk.httpserver.maxConnections",
            MOST_CONNECTIONS);
    limits.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value.toString());
          }
        });
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

  /** Stops serving; requests under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
