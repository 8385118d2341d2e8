package org.roundel.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.roundel.cli.metrics.LossHistogram;
import org.roundel.cli.metrics.PlayedRun;
import org.roundel.core.metrics.TrainingMetrics;

/** docs/metrics.md lists every metric, as Prometheus is told of it. */
class MetricsReferenceTest {
  private static final Path PAGE = Path.of("..").resolve("docs/metrics.md");
  private static final String BEGIN = "<!-- made by MetricsReferenceTest -->\n";
  private static final String END = "<!-- to here -->\n";
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
  private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");

  @Test
  void listsEveryMetric() throws Exception {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    String table = table(scrape());
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
    }
    assertThat(Files.readString(PAGE)).contains(BEGIN + table + END);
  }

  @Test
  void haveNamesAndUnitsByTheRules() throws Exception {
    String scrape = scrape();
    assertThat(scrape).doesNotContain("NaN").doesNotContain("Inf}");
    Matcher types = TYPE.matcher(scrape);
    while (types.find()) {
      boolean counts = types.group(2).equals("counter");
      assertThat(types.group(1).endsWith("_total")).as(types.group(1)).isEqualTo(counts);
      assertThat(types.group(1)).doesNotContainPattern("milli|_ms$|percent");
    }
  }

  private static String scrape() throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    LossHistogram losses = new LossHistogram(registry);
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      PlayedRun.tell(metrics);
      PlayedRun.tell(losses);
      return registry.scrape();
    }
  }

  private static String table(String scrape) {
    Map<String, String> types = new TreeMap<>();
    Map<String, String> texts = new TreeMap<>();
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String line : scrape.split("\n")) {
      Matcher type = TYPE.matcher(line);
      Matcher help = HELP.matcher(line);
      if (type.matches()) {
        types.put(type.group(1), type.group(2));
      } else if (help.matches()) {
        texts.put(help.group(1), help.group(2));
      } else {
        String metric = metric(line.replaceAll("[{ ].*", ""), types.keySet());
        Matcher label = LABEL.matcher(line);
        while (label.find()) {
          if (!label.group(1).equals("le")) {
            labels.computeIfAbsent(metric, name -> new TreeSet<>()).add(label.group(1));
          }
        }
      }
    }
    StringBuilder table =
        new StringBuilder("| metric | type | labels | meaning |\n|---|---|---|---|\n");
    types.forEach(
        (name, type) -> {
          if (name.startsWith("roundel_") && !name.endsWith("_max")) {
            String own = String.join(", ", labels.getOrDefault(name, Set.of()));
            table.append(
                "| `" + name + "` | " + type + " | " + own + " | " + texts.get(name) + " |\n");
          }
        });
    return table.toString();
  }

  /** Returns the metric that a line belongs to, which may end in _count, _sum or _bucket. */
  private static String metric(String line, Set<String> names) {
    return names.contains(line) ? line : line.replaceAll("_(count|sum|bucket)$", "");
  }
}
