package org.roundel.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;

/**
 * A real Prometheus scrapes a real run of the packaged program. Every query of the dashboard and of
 * the documentation gives data, and every alert rule is evaluated.
 */
class PrometheusIT {
  private static final Pattern DOCUMENTED =
      Pattern.compile("^\\$ promtool query instant \\S+ '([^']+)'$", Pattern.MULTILINE);
  private static final Path RULES =
      Path.of("src/dist/conf/prometheus/roundel-alerts.yml").toAbsolutePath();

  @TempDir private static Path directory;
  private static Installation roundel;
  private static Prometheus prometheus;
  private static URI address;

  /** When the run started, in seconds since 1970. */
  private static double start;

  /** When it made its last update. */
  private static double end;

  @BeforeAll
  static void trainAndScrape() throws Exception {
    Prometheus.require();
    roundel = Installation.in(directory);
    List<String> arguments = new ArrayList<>(List.of("train", "--quantizer=binary-connect"));
    for (String argument : Installation.TINY_RUN) {
      // Some seconds on a fast machine too, so that there are rates, and epochs that are five
      // apart.
      arguments.add(argument.replace("--epochs=3", "--epochs=24"));
    }
    arguments.addAll(
        List.of(
            "--latent-error",
            "--metrics-port=0",
            "--metrics-linger=600",
            "--metrics-file=run.prom"));
    Installation.Running run = roundel.start(arguments, "");
    address = URI.create(run.awaitLine("/metrics").replaceFirst(".*http", "http"));
    // It trains no further before somebody scrapes it.
    run.signal("STOP");
    try {
      prometheus = Prometheus.start(directory, address.getAuthority(), RULES);
    } finally {
      run.signal("CONT");
    }
    start = System.currentTimeMillis() / 1000.0;
    run.awaitErrorLine("Metrics stay at");
    prometheus.await("roundel_run_state{state=\"finished\"} == 1");
    end = prometheus.await("roundel_last_update_timestamp_seconds");
  }

  @AfterAll
  static void stop() throws Exception {
    if (prometheus != null) {
      prometheus.close();
    }
    if (roundel != null) {
      roundel.remove();
    }
  }

  @Test
  void everyPanelOfTheDashboardHasData() throws Exception {
    for (String expression : Dashboard.read().expressions()) {
      String query = expression.replace("$__rate_interval", "4s").replace("$run", ".*");
      // What was counted between the last two scrapes of the training is known a little later.
      JsonNode series = prometheus.range(query, start, end + 3);
      assertThat(series).as(query).isNotEmpty();
      for (JsonNode one : series) {
        boolean known = false;
        for (JsonNode value : one.get("values")) {
          known |=
              Double.isFinite(Double.parseDouble(value.get(1).asText().replace("Inf", "Infinity")));
        }
        assertThat(known).as("%s: %s", query, one).isTrue();
      }
      String other = expression.replace("$__rate_interval", "4s").replace("$run", "another");
      assertThat(prometheus.range(other, start, end)).as(other).isEmpty();
    }
    JsonNode runs = prometheus.ask("label/run/values?match%5B%5D=roundel_run_info");
    assertThat(runs).hasSize(1);
    assertThat(roundel.work().resolve("runs").resolve(runs.get(0).asText())).isDirectory();
  }

  @Test
  void everyDocumentedQueryHasAnAnswer() throws Exception {
    String page = Files.readString(Path.of("../docs/metrics.md"));
    List<String> queries =
        DOCUMENTED.matcher(page).results().map((MatchResult match) -> match.group(1)).toList();
    assertThat(queries).hasSizeGreaterThan(15);
    for (String query : queries) {
      JsonNode result = prometheus.query(query, end);
      assertThat(result).as(query).isNotEmpty();
      assertThat(result.toString()).as(query).doesNotContain("\"NaN\"");
    }
  }

  @Test
  void everyAlertIsEvaluatedAndDoesAsItsTestsSay() throws Exception {
    Outcome checked = Prometheus.promtool("", "check", "rules", RULES.toString());
    assertThat(checked.exitCode()).as("%s", checked).isZero();
    Outcome tested =
        Prometheus.promtool("", "test", "rules", "src/test/prometheus/roundel-alerts-test.yml");
    assertThat(tested.exitCode()).as("%s", tested).isZero();

    JsonNode rules = prometheus.ask("rules").get("groups").get(0).get("rules");
    String tests = Files.readString(Path.of("src/test/prometheus/roundel-alerts-test.yml"));
    assertThat(rules).hasSizeGreaterThan(10);
    for (JsonNode rule : rules) {
      assertThat(rule.get("health").asText()).as("%s", rule).isEqualTo("ok");
      assertThat(rule.get("state").asText()).as("%s", rule).isNotEqualTo("firing");
      assertThat(tests).contains("alertname: " + rule.get("name").asText() + "\n");
    }
  }

  @Test
  void whatIsServedAndWrittenHasNothingThatTheLinterMinds() throws Exception {
    for (String text : List.of(served(), Files.readString(roundel.work().resolve("run.prom")))) {
      Outcome checked = Prometheus.promtool(text, "check", "metrics");
      assertThat(checked.exitCode()).as("%s", checked).isZero();
      assertThat(checked.out()).isEmpty();
    }
  }

  private static String served() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
