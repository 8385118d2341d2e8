package org.roundel.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.report.Claim;
import org.roundel.report.Report;
import org.roundel.report.Verdict;
import org.roundel.report.chart.Chart;
import org.roundel.report.chart.Figure;
import org.roundel.report.chart.SampleCharts;
import org.roundel.report.chart.drawing.ChartFiles;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;

/** A report with every kind of part is right in a real browser. */
class ReportIT {
  private static final String LIGHT_BACKGROUND = "rgb(255, 255, 255)";
  private static final String DARK_BACKGROUND = "rgb(20, 24, 29)";

  @TempDir private static Path directory;
  private static Path page;
  private static Chromium browser;

  @BeforeAll
  static void write() throws Exception {
    page = directory.resolve("report.html");
    Report report = new Report(ReportIT.class, "report.ftlh");
    report.put("title", "A report & <all> its \"parts\"");
    report.put("image", "An image that must not be one: <img src=x>");
    List<Map<String, Object>> charts = new ArrayList<>();
    for (Map.Entry<String, Chart> chart : SampleCharts.all().entrySet()) {
      Figure figure = ChartFiles.write(directory, chart.getKey(), chart.getValue());
      charts.add(Map.of("name", chart.getKey(), "figure", figure));
    }
    report.put("charts", charts);
    List<Column<String>> columns = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String heading = "column " + i;
      columns.add(Column.page(heading, row -> heading));
    }
    report.put("wide", new Table<>(columns, List.of("one", "two")));
    List<Column<String>> settings =
        List.of(
            Column.page("setting", row -> row),
            Column.page("a", row -> "0.5"),
            Column.<String>page("b", row -> "0.25").marking(row -> true));
    report.put("differences", new Table<>(settings, List.of("quantizer.delta")));
    report.put(
        "claims",
        List.of(
            new Claim(Verdict.HOLDS, "One is less than two", "1 < 2"),
            new Claim(Verdict.FAILS, "Two is less than one", "2 > 1"),
            new Claim(Verdict.UNCLEAR, "x is less than one", "x is not known")));
    report.put("long", "roundel compare " + "runs/a-run-with-a-long-name ".repeat(10));
    report.write(page);
    browser = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void showsEveryFigureInTheColorsOfTheReadersSystem() throws Exception {
    for (boolean dark : new boolean[] {false, true}) {
      try (Tab opened = browser.open(page.toUri(), 1280, 900, dark)) {
        List<Tab.Image> images = opened.images();
        assertThat(images).hasSize(SampleCharts.all().size());
        for (Tab.Image image : images) {
          assertThat(image.complete()).as(image.alt()).isTrue();
          assertThat(image.width()).as(image.alt()).isEqualTo(760);
          assertThat(svg(image)).as(image.alt()).contains(dark ? "rgb(20,24,29)" : "white");
        }
        assertThat(images.get(0).alt()).endsWith(". Caption of \"bands\"");
        assertThat(background(opened)).isEqualTo(dark ? DARK_BACKGROUND : LIGHT_BACKGROUND);
        assertThat(opened.errors()).isEmpty();
        assertThat(opened.evaluate("document.title").asText())
            .isEqualTo("A report & <all> its \"parts\"");
        assertThat(opened.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
      }
    }
  }

  @Test
  void fitsAPhone() throws Exception {
    try (Tab opened = browser.open(page.toUri(), 390, 844, false)) {
      assertThat(opened.overflow()).isZero();
      assertThat(opened.images()).allMatch(image -> image.complete() && image.width() > 0);
      String tableScrolls =
          "(d => d.scrollWidth > d.clientWidth)(document.querySelector('.table'))";
      assertThat(opened.evaluate(tableScrolls).asBoolean()).isTrue();
      assertThat(opened.errors()).isEmpty();
    }
  }

  /** WCAG 2.2, success criterion 1.4.3: text has a contrast of 4.5 to 1 at least. */
  @Test
  void hasReadableColors() throws Exception {
    String contrasts =
        """
        (() => {
          const rgb = s => s.match(/[\\d.]+/g).map(Number);
          const light = c => rgb(c).slice(0, 3).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
              .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = e => {
            const c = getComputedStyle(e).backgroundColor;
            return rgb(c).length === 4 && rgb(c)[3] === 0 ? behind(e.parentElement) : c;
          };
          return [...document.querySelectorAll('h1,h2,p,th,td,figcaption,code,.verdict')].map(e => {
            const a = light(getComputedStyle(e).color), b = light(behind(e));
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          });
        })()
        """;
    for (boolean dark : new boolean[] {false, true}) {
      try (Tab opened = browser.open(page.toUri(), 1280, 900, dark)) {
        List<Double> found = new ArrayList<>();
        opened.evaluate(contrasts).forEach(each -> found.add(each.asDouble()));
        assertThat(found).hasSizeGreaterThan(40).allMatch(contrast -> contrast >= 4.5);
      }
    }
  }

  private static String background(Tab opened) throws InterruptedException {
    return opened.evaluate("getComputedStyle(document.body).backgroundColor").asText();
  }

  private static String svg(Tab.Image image) {
    String prefix = "data:image/svg+xml;base64,";
    assertThat(image.source()).startsWith(prefix);
    byte[] bytes = Base64.getDecoder().decode(image.source().substring(prefix.length()));
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
