package org.roundel.page.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the server answers, as a request's {@code Host} header has them.
 *
 * <p>A page in a browser can have its own name resolved to this machine and then read what the
 * server says (DNS rebinding); but the name is in the header. So only {@code localhost}, numeric
 * addresses, the name that the user gave, and, where every address is listened on, this machine's
 * own name are answered.
 */
final class ServedNames {
  private final Set<String> names = new HashSet<>();

  /**
   * Collects the names.
   *
   * @param given the host as the user gave it
   * @param bound the address that it stands for
   */
  ServedNames(String given, InetAddress bound) {
    names.add("localhost");
    names.add(given.toLowerCase(Locale.ROOT));
    if (bound.isAnyLocalAddress()) {
      try {
        names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
      } catch (UnknownHostException nameless) {
        // Then it is reached by number.
      }
    }
  }

  /**
   * Returns whether a request is meant for this server.
   *
   * @param headers the values of its {@code Host} headers; HTTP/1.0 has none
   */
  boolean include(@Nullable List<String> headers) {
    if (headers == null || headers.isEmpty()) {
      return true;
    }
    if (headers.size() > 1) {
      return false;
    }
    String host = withoutPort(headers.get(0).strip().toLowerCase(Locale.ROOT));
    return isNumeric(host) || names.contains(host);
  }

  private static String withoutPort(String host) {
    if (host.startsWith("[")) {
      return host.substring(0, host.indexOf(']') + 1);
    }
    int colon = host.indexOf(':');
    String name = colon < 0 ? host : host.substring(0, colon);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** No name in the DNS ends in a label of digits, or has brackets. */
  private static boolean isNumeric(String host) {
    if (host.startsWith("[")) {
      return host.endsWith("]");
    }
    String last = host.substring(host.lastIndexOf('.') + 1);
    return !last.isEmpty() && last.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }
}
