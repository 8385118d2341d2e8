package org.roundel.cli.command.run;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.cli.command.context.ServerAccess;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.page.server.Access;
import picocli.CommandLine.Option;

/** Where a run's metrics go beside the port, and for how long that stays open. */
final class MetricsOptions {
  @Option(
      names = "--metrics-linger",
      paramLabel = "SECONDS",
      defaultValue = "0",
      order = 804,
      description = {
        "keep the port open for so long after the end, so",
        "that the last values are scraped; Ctrl-C ends it",
        "(default: ${DEFAULT-VALUE})"
      })
  private int linger;

  @Option(
      names = "--metrics-file",
      paramLabel = "FILE",
      order = 805,
      description = {
        "write the last values to this .prom file at the",
        "end, for node_exporter's textfile collector"
      })
  private @Nullable Path file;

  @Option(
      names = "--metrics-otlp",
      paramLabel = "URL",
      order = 806,
      description = {
        "push metrics to an OpenTelemetry collector, as in",
        "http://localhost:4318, every 10 seconds"
      })
  private @Nullable String collector;

  @Option(
      names = "--metrics-token-file",
      paramLabel = "FILE",
      order = 807,
      description = {
        "answer only who has the token in this file; else",
        "that of the variable ROUNDEL_TOKEN, or everybody"
      })
  private @Nullable Path token;

  @Option(
      names = "--metrics-tls-certificate",
      paramLabel = "FILE",
      order = 808,
      description = {"serve over TLS, by this certificate (PEM);", "else plain HTTP"})
  private @Nullable Path certificate;

  @Option(
      names = "--metrics-tls-key",
      paramLabel = "FILE",
      order = 809,
      description = "the certificate's private key (PEM, PKCS #8)")
  private @Nullable Path key;

  /**
   * Returns who is answered.
   *
   * @throws RoundelException if a file cannot be used
   */
  Access access() {
    return ServerAccess.of("metrics-", token, certificate, key);
  }

  /**
   * Returns for how many seconds the port stays open.
   *
   * @throws RoundelException if that is no time
   */
  int linger() {
    if (linger < 0) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "metrics-linger: %s is no number of seconds to wait; allowed: 0, for not at all, or"
                  + " more",
              linger));
    }
    return linger;
  }

  /** Returns the file for the last values, or null for none. */
  @Nullable Path file() {
    return file;
  }

  /** Returns the collector's address as given, or null for none. */
  @Nullable String collector() {
    return collector;
  }
}
