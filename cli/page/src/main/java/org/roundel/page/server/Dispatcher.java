package org.roundel.page.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a request to the route of its path, and refuses any other. */
final class Dispatcher implements HttpHandler {
  private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);
  private static final String METHODS = "GET, HEAD";

  /** The page's own files and nothing else: no script in a text, no other page around this one. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final ServedNames names;
  private final String hostOption;
  private final @Nullable AccessToken token;
  private final Map<String, Route> routes;

  Dispatcher(
      ServedNames names,
      String hostOption,
      @Nullable AccessToken token,
      Map<String, Route> routes) {
    this.names = names;
    this.token = token;
    this.hostOption = hostOption;
    this.routes = routes;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      // A fault is in the log before the client sees the end of the connection.
      answer(exchange);
    }
  }

  private void answer(HttpExchange exchange) {
    try {
      protect(exchange.getResponseHeaders());
      dispatch(exchange, new Request(exchange));
    } catch (IOException gone) {
      logger.debug("A client went away", gone);
    } catch (RuntimeException failed) {
      String path = String.valueOf(exchange.getRequestURI().getPath());
      logger.warn("{} could not be served", MessageText.quoted(path), failed);
    }
  }

  private void dispatch(HttpExchange exchange, Request request) throws IOException {
    String method = exchange.getRequestMethod();
    String path = request.path();
    Route route = path == null ? null : routes.get(path);
    if (!names.include(exchange.getRequestHeaders().get("Host"))) {
      request.refuse(
          403,
          "Not served under this name; use the number of the address, localhost, or the name that"
              + " --"
              + hostOption
              + " was given");
    } else if (token != null && !token.admits(exchange.getRequestHeaders().get("Authorization"))) {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"roundel\"");
      // For browsers, which ask their user: the token is the password.
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"roundel\"");
      request.refuse(401, "The token is missing or wrong; as a password it goes with any name");
    } else if (route == null) {
      request.refuse(
          404, "Not found. Here are: " + String.join(" ", new TreeSet<>(routes.keySet())));
    } else if (!method.equals("GET") && !method.equals("HEAD")) {
      request.setHeader("Allow", METHODS);
      request.refuse(405, "Only " + METHODS + " are answered");
    } else {
      route.answer(request);
    }
  }

  private static void protect(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }
}
