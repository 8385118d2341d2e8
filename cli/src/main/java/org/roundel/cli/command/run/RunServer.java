package org.roundel.cli.command.run;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.error.ErrorReporter;
import org.roundel.cli.metrics.MetricsRoute;
import org.roundel.cli.progress.RunSummary;
import org.roundel.page.server.Access;
import org.roundel.page.server.ListenAddress;
import org.roundel.page.server.Route;
import org.roundel.page.server.WebServer;
import org.roundel.page.view.RunPage;
import org.roundel.report.terminal.Terminal;

/** Serves a run's metrics and its page, on one port. */
final class RunServer implements AutoCloseable {
  private final WebServer server;
  private final RunOptions options;

  private RunServer(WebServer server, RunOptions options) {
    this.server = server;
    this.options = options;
  }

  /** Starts serving, or returns null where nobody asked for it. */
  static @Nullable RunServer start(
      RunOptions options, RunPage page, PrometheusMeterRegistry meters) {
    Integer port = options.metricsPort();
    if (port == null && !options.page()) {
      return null;
    }
    Map<String, Route> routes = new HashMap<>(page.routes());
    routes.put(MetricsRoute.PATH, new MetricsRoute(meters));
    // The port of a page alone is nobody's wish, so another will do.
    Access access = options.metrics().access();
    WebServer server =
        port == null
            ? WebServer.startNear(address(options, WebServer.USUAL_PORT), access, routes)
            : WebServer.start(address(options, port), access, routes);
    return new RunServer(server, options);
  }

  private static ListenAddress address(RunOptions options, int port) {
    return new ListenAddress("metrics-", options.metricsHost(), port);
  }

  /** Says where the run can be seen; where events are printed, to people only. */
  void tell(Terminal terminal, RunSummary summary) {
    String warning = server.warning("metrics-");
    if (!warning.isEmpty()) {
      new ErrorReporter(terminal, false).print("warning: " + warning);
    }
    String metrics = options.metricsPort() == null ? null : metricsAddress();
    String page = server.address("/");
    if (options.json()) {
      PrintStream err = terminal.err();
      if (metrics != null) {
        err.println("metrics " + metrics);
      }
      err.println("page " + page);
      return;
    }
    if (metrics != null) {
      summary.metricsAt(metrics);
    }
    summary.pageAt(page);
  }

  /** Returns the address to point Prometheus at. */
  String metricsAddress() {
    return server.address(MetricsRoute.PATH);
  }

  @Override
  public void close() {
    server.close();
  }
}
