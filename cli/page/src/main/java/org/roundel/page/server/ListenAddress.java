package org.roundel.page.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * Where a server is to listen, as the user said it.
 *
 * @param options what the options' names begin with, as {@code metrics-} of {@code metrics-port}
 *     and {@code metrics-host}; for messages
 * @param host a name or a number
 * @param port 0 for any free one
 */
public record ListenAddress(String options, String host, int port) {
  private static final int LAST_PORT = 65_535;
  private static final String HOST_ADVICE =
      "use 127.0.0.1 for this machine only, or 0.0.0.0 for every network it is on";

  /** Returns the same address with another port. */
  ListenAddress withPort(int other) {
    return new ListenAddress(options, host, other);
  }

  /**
   * Returns the address to bind.
   *
   * @throws RoundelException of kind CONFIGURATION if it is none
   */
  InetSocketAddress resolve() {
    if (port < 0 || port > LAST_PORT) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%sport: %s is no port; allowed: 1 to %s, or 0 for any free one",
              options,
              port,
              LAST_PORT));
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException unknown) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%shost: '%s' is no address of a machine; %s",
              options,
              host,
              HOST_ADVICE),
          unknown);
    }
  }

  /** Returns the failure of an address or port that cannot be had. */
  RoundelException refusal(IOException refused) {
    // The system's words for it; the class is the same for a port in use.
    if (String.valueOf(refused.getMessage()).contains("assign requested address")) {
      return new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "%shost: '%s' is no address of this machine; %s",
              options,
              host,
              HOST_ADVICE),
          refused);
    }
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "%sport: port %s of %s cannot be opened: %s. Choose another port; 0 picks a free one.",
            options,
            port,
            host,
            refused.getMessage()),
        refused);
  }
}
