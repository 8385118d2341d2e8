package org.roundel.cli.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on loopback whose answers a test writes. */
final class TestServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /** Answers one request; {@code number} counts from 1. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange, int number) throws IOException;
  }

  private TestServer(HttpServer server) {
    this.server = server;
  }

  static TestServer start(HttpServer server, Answer answer) {
    TestServer result = new TestServer(server);
    server.setExecutor(result.threads);
    server.createContext(
        "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
          result.requests.add(range + " " + ifRange);
          try (exchange) {
            answer.to(exchange, result.requests.size());
          }
        });
    server.start();
    return result;
  }

  static TestServer start(Answer answer) throws IOException {
    return start(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), answer);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/data.bin");
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Returns the headers Range and If-Range of each request so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  static void send(HttpExchange exchange, int status, byte[] content, int first, int count)
      throws IOException {
    exchange.sendResponseHeaders(status, count == 0 ? -1 : count);
    if (count > 0) {
      exchange.getResponseBody().write(content, first, count);
    }
  }
}
