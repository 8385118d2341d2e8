package org.roundel.cli.data;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Says from where files may be downloaded. */
final class Addresses {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private Addresses() {}

  /** Returns whether an address is HTTPS. */
  static boolean isSecure(URI address) {
    return "https".equals(scheme(address)) && address.getHost() != null;
  }

  /** Returns whether an address may be asked first: HTTPS, or HTTP on this machine. */
  static boolean isAllowed(URI address) {
    return isSecure(address)
        || ("http".equals(scheme(address))
            && address.getHost() != null
            && LOOPBACK.contains(address.getHost().toLowerCase(Locale.ROOT)));
  }

  private static String scheme(URI address) {
    return address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
  }
}
