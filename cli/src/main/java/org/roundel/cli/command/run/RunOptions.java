package org.roundel.cli.command.run;

import org.jspecify.annotations.Nullable;
import org.roundel.report.terminal.StatusLine;
import org.roundel.report.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that train. */
final class RunOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      order = 710,
      description = {
        "have the shards of batches computed on Spark:",
        "spark://HOST:PORT, k8s://...,",
        "local-cluster[2,1,1024]; see docs/spark.md",
        "(default: in this process)"
      })
  private @Nullable String master;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      order = 800,
      description = {
        "serve metrics to Prometheus, and the page of",
        "--page, on this port; 0 for any free one"
      })
  private @Nullable Integer metricsPort;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      order = 801,
      description = {
        "where to serve them; 0.0.0.0 for every network",
        "(default: ${DEFAULT-VALUE}, this machine only)"
      })
  private String metricsHost = "127.0.0.1";

  @Mixin private MetricsOptions metrics = new MetricsOptions();

  @Option(
      names = "--page",
      order = 802,
      description = {"show the run in a browser as it goes, on port", "7333 or a free one"})
  private boolean page;

  @Option(
      names = {"-q", "--quiet"},
      order = 810,
      description = "print the result only")
  private boolean quiet;

  @Option(
      names = "--json",
      order = 811,
      description = {
        "print each event as a JSON object on a line,",
        "and nothing else; see docs/terminal.md"
      })
  private boolean json;

  /** Returns whether events are printed as JSON instead of text. */
  boolean json() {
    return json;
  }

  /** Returns where Spark is that batches are computed on, or null if they are computed here. */
  @Nullable String master() {
    return master;
  }

  /** Returns the port, or null if no metrics are to be served. */
  @Nullable Integer metricsPort() {
    return metricsPort;
  }

  String metricsHost() {
    return metricsHost;
  }

  boolean page() {
    return page;
  }

  MetricsOptions metrics() {
    return metrics;
  }

  boolean quiet() {
    return quiet;
  }

  /** Returns where to show what goes on. */
  StatusLine statusLine(Terminal terminal) {
    return quiet ? StatusLine.none() : terminal.statusLine();
  }

  /** Says that the command has begun, before anything of it can take its time. */
  void begin(Terminal terminal) {
    statusLine(terminal).drawNow(columns -> "Loading plugins ...");
  }
}
