package org.roundel.cli.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;

/**
 * Pushes meters to an OpenTelemetry collector, in its protocol over HTTP.
 *
 * <p>A thread of its own sends them, so that no update waits; what it needs is loaded only where it
 * is asked for. Counts are cumulative, so that nothing is lost while a collector is away. Headers,
 * such as a password, and resource attributes are OpenTelemetry's environment variables {@code
 * OTEL_EXPORTER_OTLP_HEADERS} and {@code OTEL_RESOURCE_ATTRIBUTES}.
 */
public final class CollectorPush {
  static final Duration STEP = Duration.ofSeconds(10);
  private static final String PATH = "/v1/metrics";
  private static final int LAST_PORT = 65_535;
  private static final String SERVICE = "service.name";
  private static final String FORMS =
      "http://HOST:PORT or https://HOST:PORT, with or without a path, as in http://localhost:4318";

  private CollectorPush() {}

  /**
   * Starts pushing every ten seconds, and a last time when the registry is closed.
   *
   * @param collector its address; without a path it is where collectors take metrics
   * @throws RoundelException of kind CONFIGURATION if this is no such address
   */
  public static MeterRegistry start(String collector) {
    return OtlpMeterRegistry.builder(new Configuration(address(collector)))
        .clock(Clock.SYSTEM)
        .metricsSender(new CollectorSender())
        .build();
  }

  /**
   * Returns where metrics are pushed to.
   *
   * @param collector its address as given
   * @throws RoundelException of kind CONFIGURATION if this is no such address
   */
  public static String address(String collector) {
    try {
      URI address = new URI(collector);
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      boolean open = address.getHost() != null && address.getRawUserInfo() == null;
      if (web && open && address.getPort() <= LAST_PORT) {
        String path = String.valueOf(address.getPath());
        return path.isEmpty() || path.equals("/") ? withPath(address) : address.toString();
      }
    } catch (URISyntaxException malformed) {
      // It is told below what would do.
    }
    // It would not be sent, but told in logs.
    if (collector.indexOf('@') >= 0) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "metrics-otlp: the address (not shown here) has an '@', and no name or password may stand"
              + " in it; allowed: "
              + FORMS
              + ". Give what lets you in as a header, in the environment variable"
              + " OTEL_EXPORTER_OTLP_HEADERS");
    }
    throw new RoundelException(
        ErrorKind.CONFIGURATION,
        "metrics-otlp: "
            + MessageText.quoted(shown(collector))
            + " is no address of a collector; allowed: "
            + FORMS);
  }

  /** Returns where collectors take metrics at an address without a path; its query may be a key. */
  private static String withPath(URI address) {
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return address.getScheme() + "://" + address.getRawAuthority() + PATH + query;
  }

  /** Returns an address without its query, in which a key may stand. */
  static String shown(String address) {
    int query = address.indexOf('?');
    return query < 0 ? address : address.substring(0, query) + "?…";
  }

  /** What differs from OpenTelemetry's defaults. */
  private record Configuration(String url) implements OtlpConfig {
    @Override
    public @Nullable String get(String key) {
      return null;
    }

    @Override
    public Duration step() {
      return STEP;
    }

    @Override
    public TimeUnit baseTimeUnit() {
      return TimeUnit.SECONDS;
    }

    @Override
    public Map<String, String> resourceAttributes() {
      Map<String, String> attributes = new HashMap<>(OtlpConfig.super.resourceAttributes());
      attributes.putIfAbsent(SERVICE, "roundel");
      return attributes;
    }
  }
}
