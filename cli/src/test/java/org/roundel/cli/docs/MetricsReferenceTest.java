package org.roundel.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.roundel.api.model.ParameterRole;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.BestError;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.CheckpointWritten;
import org.roundel.core.event.EpochCompleted;
import org.roundel.core.event.Evaluation;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.LayerStatistics;
import org.roundel.core.event.PhaseTimes;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.RunStarted;
import org.roundel.core.event.StepCompleted;
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
    try (TrainingMetrics metrics = new TrainingMetrics(registry)) {
      LayerStatistics layer =
          new LayerStatistics(
              "conv/weight",
              ParameterRole.CONVOLUTION_WEIGHT,
              true,
              9,
              0.5,
              0.25,
              0.9,
              0.75,
              3,
              null);
      metrics.runStarted(
          new RunStarted(
              Path.of("runs", "x"),
              "1.2.3",
              RunConfiguration.of(Map.of("model", "resnet-8")),
              10,
              9,
              List.of("conv/weight"),
              40,
              10,
              1,
              0,
              BestError.NONE,
              List.of(layer),
              List.of()));
      metrics.stepCompleted(
          new StepCompleted(1, 1, 1, 1, 0.01, 2, 3, 40, 1, new PhaseTimes(1, 2, 3, 4)));
      metrics.evaluationStarted(new EvaluationStarted(1));
      metrics.evaluationCompleted(new EvaluationCompleted(1, 1));
      metrics.checkpointStarted(new CheckpointStarted("step-1"));
      metrics.checkpointWritten(new CheckpointWritten("step-1", 1, 1));
      Evaluation evaluation = new Evaluation(0.5, 0.5, 10);
      metrics.epochCompleted(
          new EpochCompleted(
              1, 2, 1, 0.01, evaluation, evaluation, evaluation, true, 1, List.of(layer)));
      metrics.runFinished(
          new RunResult(Path.of("x"), false, false, 1, null, new BestError(0.5, 1)));
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
