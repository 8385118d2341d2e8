package org.roundel.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/*, application/*;q=0.9",
        "text/plain",
        "TEXT/PLAIN ; Version=\"0.0.4\"",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "application/openmetrics-text;q=0.5,text/plain;version=0.0.4;q=0.7",
        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.7",
        "application/openmetrics-text;q=0,*/*;q=0.1",
        "application/openmetrics-text;version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text;q=many,text/plain;q=0.001",
        "application/openmetrics-text,text/plain",
        "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"
            + ";q=0.7,text/plain;version=0.0.4;q=0.3,*/*;q=0.1"
      })
  void thePrometheusTextIsPreferred(String header) {
    assertThat(preferred(header)).isEqualTo(MediaType.TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text",
        "application/openmetrics-text, */*",
        "application/*, text/*;q=0.5",
        "text/plain;q=0.2 , application/openmetrics-text ; version=1.0.0 ; q=0.3",
        "text/plain;q=0, */*",
        // What Prometheus 2.42 and 3.5 send.
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1"
            + ";q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
            + "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0"
            + ";escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
      })
  void openMetricsIsPreferred(String header) {
    assertThat(preferred(header)).isEqualTo(MediaType.OPEN_METRICS);
  }

  @Test
  void whatIsNotAcceptedIsNotSent() {
    assertThat(preferred("application/json")).isNull();
    assertThat(preferred("*/*;q=0")).isNull();
    assertThat(preferred("text/plain;version=1.0.0")).isNull();
    assertThat(preferred(";;;,,")).isNull();
  }

  private static MediaType preferred(String header) {
    return new AcceptHeader(header).preferred(List.of(MediaType.TEXT, MediaType.OPEN_METRICS));
  }
}
