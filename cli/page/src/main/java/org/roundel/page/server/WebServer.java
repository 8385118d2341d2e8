package org.roundel.page.server;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
  private final Access access;
  private final ExecutorService threads;

  /** A thread for each connection that is being answered, so that a slow one holds up no other. */
  private WebServer(HttpServer server, Access access) {
    this.server = server;
    this.access = access;
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
   * @param access who is answered
   * @param routes what answers, by path
   * @throws org.roundel.core.RoundelException of kind CONFIGURATION if the address cannot be
   *     listened on
   */
  public static WebServer start(ListenAddress address, Access access, Map<String, Route> routes) {
    try {
      return open(address, access, routes);
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
  public static WebServer startNear(
      ListenAddress address, Access access, Map<String, Route> routes) {
    try {
      return open(address, access, routes);
    } catch (IOException refused) {
      try {
        return open(address.withPort(0), access, routes);
      } catch (IOException again) {
        throw address.refusal(refused);
      }
    }
  }

  private static WebServer open(ListenAddress address, Access access, Map<String, Route> routes)
      throws IOException {
    setLimits();
    HttpServer http = create(address, access.certificate());
    WebServer server = new WebServer(http, access);
    http.setExecutor(server.threads);
    ServedNames names = new ServedNames(address.host(), http.getAddress().getAddress());
    http.createContext(
        "/", new Dispatcher(names, address.options() + "host", access.token(), Map.copyOf(routes)));
    http.start();
    return server;
  }

  private static HttpServer create(ListenAddress address, @Nullable ServerCertificate certificate)
      throws IOException {
    if (certificate == null) {
      return HttpServer.create(address.resolve(), BACKLOG);
    }
    HttpsServer https = HttpsServer.create(address.resolve(), BACKLOG);
    https.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    return https;
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
    return (access.certificate() == null ? "http://" : "https://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + bound.getPort()
        + path;
  }

  /**
   * Returns what is to be said of how open the server is, empty if nothing.
   *
   * @param options what the options' names begin with, as for {@link ListenAddress}
   */
  public String warning(String options) {
    InetAddress bound = server.getAddress().getAddress();
    if (bound.isLoopbackAddress() || (access.token() != null && access.certificate() != null)) {
      return "";
    }
    String reached =
        "what is served at " + address("/") + " can be reached from other machines, and ";
    if (access.token() == null) {
      return reached
          + "whoever does sees the runs' settings and messages; ask for a token by --"
          + options
          + "token-file, or serve at 127.0.0.1 and let people in by SSH";
    }
    return reached
        + "the token goes there unencrypted; add --"
        + options
        + "tls-certificate and --"
        + options
        + "tls-key";
  }

  /** Stops serving; requests under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
