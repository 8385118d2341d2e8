package org.roundel.page.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers GET and HEAD at a few paths, over HTTP, and nothing else.
 *
 * <p>What it serves is public to whoever reaches the address, so that is loopback unless the user
 * opens it; there is nothing here that changes anything. A client that is slow, or never ends, is
 * cut off after ten seconds and holds up no other: an answer that goes on, such as a stream of
 * events, ends before that and is asked for again.
 */
public final class WebServer implements AutoCloseable {
  /** How long an answer may take, from the request to its last byte. */
  public static final int ANSWER_SECONDS = 10;

  /** The port of a page for which the user has named none. */
  public static final int USUAL_PORT = 7333;

  private static final int BACKLOG = 128;

  /** A hundred viewers and as much again; more connections at a time are closed at once. */
  private static final int MOST_CONNECTIONS = 256;

  private static final int THREAD_IDLE_SECONDS = 10;

  private final HttpServer server;
  private final ExecutorService threads;

  /** A thread for each connection that is being answered, so that a slow one holds up no other. */
  private WebServer(HttpServer server) {
    this.server = server;
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_CONNECTIONS,
            THREAD_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "web");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts serving.
   *
   * @param routes what answers, by path
   * @throws org.roundel.core.RoundelException of kind CONFIGURATION if the address cannot be
   *     listened on
   */
  public static WebServer start(ListenAddress address, Map<String, Route> routes) {
    try {
      return open(address, routes);
    } catch (IOException refused) {
      throw address.refusal(refused);
    }
  }

  /**
   * Starts serving on a port that nobody has asked for, or on any free one if it is taken.
   *
   * @throws org.roundel.core.RoundelException of kind CONFIGURATION if the address cannot be
   *     listened on
   */
  public static WebServer startNear(ListenAddress address, Map<String, Route> routes) {
    try {
      return open(address, routes);
    } catch (IOException refused) {
      try {
        return open(address.withPort(0), routes);
      } catch (IOException again) {
        throw address.refusal(refused);
      }
    }
  }

  private static WebServer open(ListenAddress address, Map<String, Route> routes)
      throws IOException {
    setLimits();
    HttpServer http = HttpServer.create(address.resolve(), BACKLOG);
    WebServer server = new WebServer(http);
    http.setExecutor(server.threads);
    ServedNames names = new ServedNames(address.host(), http.getAddress().getAddress());
    http.createContext("/", new Dispatcher(names, address.options() + "host", Map.copyOf(routes)));
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
            ANSWER_SECONDS,
            "sun.net.httpserver.maxReqHeaderSize", // bytes
            16_384,
            "sun.net.httpserver.maxIdleConnections",
            MOST_CONNECTIONS / 2,
            "jdk.httpserver.maxConnections",
            MOST_CONNECTIONS);
    limits.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value.toString());
          }
        });
  }

  /** Returns the address of a path, for a browser or Prometheus. */
  public String address(String path) {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().getHostAddress();
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + bound.getPort()
        + path;
  }

  /** Stops serving; requests under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
