package org.roundel.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The dashboard is as Grafana's published schema says, version 36 (kinds/dashboard in its source):
 * its objects are closed, so a field that it does not name would be an error.
 */
class DashboardTest {
  private static final Set<String> FIELDS =
      Set.of(
          "id uid title description revision gnetId tags style timezone editable graphTooltip time"
              .split(" "));
  private static final Set<String> MORE_FIELDS =
      Set.of(
          ("timepicker fiscalYearStartMonth liveNow weekStart refresh schemaVersion version panels"
                  + " templating annotations links snapshot")
              .split(" "));
  private static final Set<String> PANEL_FIELDS =
      Set.of(
          ("type id pluginVersion tags targets title description transparent datasource gridPos"
                  + " links repeat repeatDirection repeatPanelId maxDataPoints thresholds"
                  + " timeRegions transformations interval timeFrom timeShift libraryPanel options"
                  + " fieldConfig")
              .split(" "));
  private static final Set<String> ROW_FIELDS =
      Set.of("type", "collapsed", "title", "datasource", "gridPos", "id", "panels", "repeat");
  private static final Set<String> DEFAULTS_FIELDS =
      Set.of(
          ("displayName displayNameFromDS description path writeable filterable unit decimals min"
                  + " max mappings thresholds color links noValue custom")
              .split(" "));

  /** Of Grafana's units, those that our metrics come in. */
  private static final Set<String> UNITS = Set.of("none", "short", "s", "percentunit", "bytes");

  private static final int COLUMNS = 24;
  private static final Pattern METRIC = Pattern.compile("\\broundel_\\w+");
  private static final Pattern FIXED_WINDOW = Pattern.compile("\\[\\d");

  private final Dashboard dashboard = Dashboard.read();

  DashboardTest() throws IOException {}

  @Test
  void hasTheFieldsOfTheSchema() {
    JsonNode root = dashboard.root();
    Set<String> allowed = new HashSet<>(FIELDS);
    allowed.addAll(MORE_FIELDS);
    assertThat(root.fieldNames()).toIterable().isSubsetOf(allowed);
    assertThat(root.get("schemaVersion").asInt()).isEqualTo(36);
    assertThat(root.get("editable").isBoolean()).isTrue();
    assertThat(root.get("graphTooltip").asInt()).isBetween(0, 2);
    assertThat(root.get("uid").asText()).hasSizeBetween(8, 40);
    // One of an installation; a number would clash with those that are there.
    assertThat(root.has("id")).isFalse();
    for (JsonNode panel : dashboard.panels()) {
      String type = panel.get("type").asText();
      assertThat(type).isIn("row", "stat", "timeseries");
      assertThat(panel.fieldNames())
          .toIterable()
          .isSubsetOf(type.equals("row") ? ROW_FIELDS : PANEL_FIELDS);
      if (!type.equals("row")) {
        JsonNode configuration = panel.get("fieldConfig");
        assertThat(configuration.fieldNames())
            .toIterable()
            .containsExactlyInAnyOrder("defaults", "overrides");
        JsonNode defaults = configuration.get("defaults");
        assertThat(defaults.fieldNames()).toIterable().isSubsetOf(DEFAULTS_FIELDS);
        assertThat(defaults.get("unit").asText()).isIn(UNITS);
        assertThat(panel.get("options").isObject()).isTrue();
      }
    }
  }

  @Test
  void asksForItsDataSourceAndTheRuns() {
    JsonNode variables = dashboard.root().get("templating").get("list");
    assertThat(variables).hasSize(2);
    assertThat(variables.get(0).get("type").asText()).isEqualTo("datasource");
    assertThat(variables.get(0).get("query").asText()).isEqualTo("prometheus");
    assertThat(variables.get(0).get("name").asText()).isEqualTo("datasource");
    assertThat(variables.get(1).get("name").asText()).isEqualTo("run");
    assertThat(variables.get(1).get("definition").asText())
        .isEqualTo("label_values(roundel_run_info, run)");
    // None is of somebody's own installation.
    assertThat(dashboard.root().findValues("uid"))
        .extracting(JsonNode::asText)
        .containsOnly("roundel-training", "${datasource}");
  }

  @Test
  void everyPanelHasItsOwnPlaceAndSaysWhatItShows() {
    Set<Integer> ids = new HashSet<>();
    Set<List<Integer>> taken = new HashSet<>();
    List<String> titles = new ArrayList<>();
    for (JsonNode panel : dashboard.panels()) {
      String title = panel.get("title").asText();
      assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
      JsonNode place = panel.get("gridPos");
      assertThat(place.fieldNames()).toIterable().containsExactlyInAnyOrder("x", "y", "w", "h");
      int right = place.get("x").asInt() + place.get("w").asInt();
      assertThat(right).as(title).isLessThanOrEqualTo(COLUMNS);
      for (int x = place.get("x").asInt(); x < right; x++) {
        int below = place.get("y").asInt() + place.get("h").asInt();
        for (int y = place.get("y").asInt(); y < below; y++) {
          assertThat(taken.add(List.of(x, y))).as("%s at %s, %s", title, x, y).isTrue();
        }
      }
      if (!panel.get("type").asText().equals("row")) {
        titles.add(title);
        assertThat(panel.get("description").asText()).as(title).endsWith(".");
        Set<String> names = new HashSet<>();
        assertThat(panel.get("targets")).as(title).isNotEmpty();
        for (JsonNode target : panel.get("targets")) {
          assertThat(names.add(target.get("refId").asText())).as(title).isTrue();
          assertThat(target.get("legendFormat").asText()).as(title).isNotEmpty();
        }
      }
    }
    assertThat(titles).hasSizeGreaterThan(20);
  }

  @Test
  void asksForMetricsThatThereAreAndForTheChosenRuns() throws IOException {
    String page = Files.readString(Path.of("../docs/metrics.md"));
    List<String> expressions = dashboard.expressions();
    assertThat(expressions).hasSizeGreaterThan(30);
    for (String expression : expressions) {
      assertThat(expression).contains("roundel_run_info{run=~\"$run\"}");
      assertThat(FIXED_WINDOW.matcher(expression).find()).as(expression).isFalse();
      Matcher metric = METRIC.matcher(expression);
      while (metric.find()) {
        String name = metric.group();
        String base = name.replaceFirst("_(sum|count|bucket)$", "");
        assertThat(page.contains("`" + name + "`") || page.contains("`" + base + "`"))
            .as(name)
            .isTrue();
      }
    }
  }
}
