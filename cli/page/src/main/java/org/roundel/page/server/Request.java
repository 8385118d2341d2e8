package org.roundel.page.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is being answered, by one thread. */
public final class Request {
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final HttpExchange exchange;

  Request(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** Returns the values of a header, joined by commas; empty if there is none. */
  public String header(String name) {
    return String.join(",", exchange.getRequestHeaders().getOrDefault(name, List.of()));
  }

  /** Returns the path, decoded; null if what was asked for has none, as {@code mailto:a}. */
  public @Nullable String path() {
    return exchange.getRequestURI().getPath();
  }

  /** Returns the value of a parameter behind the question mark, decoded; null if there is none. */
  public @Nullable String parameter(String name) {
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        try {
          return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
          return null;
        }
      }
    }
    return null;
  }

  /** Sets a header of the answer. */
  public void setHeader(String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  /** Answers with a text that says why not. */
  public void refuse(int status, String text) throws IOException {
    answer(status, PLAIN, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a whole body. */
  public void answer(int status, String contentType, byte[] body) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    if (isHead()) {
      // The length that GET would have; handed to the next call, the JDK would wait for the body.
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      // The JDK takes a length of 0 for one that is not known.
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /**
   * Begins an answer whose length is not known.
   *
   * @return where its body is written; closed with the request
   */
  public OutputStream begin(String contentType) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(200, isHead() ? -1 : 0);
    return isHead() ? OutputStream.nullOutputStream() : exchange.getResponseBody();
  }

  /** Returns whether only the headers are wanted. */
  public boolean isHead() {
    return exchange.getRequestMethod().equals("HEAD");
  }
}
