package org.roundel.cli.metrics;

/**
 * A format that the metrics are served in.
 *
 * @param name its type and subtype, in lower case
 * @param version its version
 */
record MediaType(String name, String version) {
  /** Prometheus' own text format. */
  static final MediaType TEXT = new MediaType("text/plain", "0.0.4");

  /** OpenMetrics. */
  static final MediaType OPEN_METRICS = new MediaType("application/openmetrics-text", "1.0.0");

  /** Returns the value of a {@code Content-Type} header. */
  String contentType() {
    return name + "; version=" + version + "; charset=utf-8";
  }
}
