package org.roundel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.report.chart.Figure;

class ReportTest {
  @TempDir private Path directory;

  @Test
  void escapesEveryText() {
    String evil = "<script>\"'&\u0007";
    String page =
        new Report(evil)
            .heading(evil)
            .paragraph(evil)
            .code(evil)
            .table(List.of(evil), List.of(List.of(evil)))
            .differences(List.of(evil, evil, evil), List.of(List.of(evil, "a", evil)))
            .figure(new Figure("x", evil, "<svg>1</svg>", "<svg>2</svg>"), evil)
            .claim(Verdict.HOLDS, evil, evil)
            .html();
    assertThat(page).doesNotContain("<script", "\u0007").contains("&lt;script&gt;&quot;&#39;&amp;");
    assertThat(page.split("&lt;script&gt;", -1)).hasSizeGreaterThan(15);
  }

  @Test
  void alignsColumnsOfNumbers() {
    String page =
        new Report("x")
            .table(
                List.of("run", "error", "note"),
                List.of(
                    List.of("a", "12.5 %", "1"),
                    List.of("b", "-", "none"),
                    List.of("c", "9 ± 1 %", "")))
            .html();
    assertThat(page)
        .contains(
            "<tr><td>a</td><td class=\"number\">12.5 %</td><td>1</td></tr>",
            "<th scope=\"col\" class=\"number\">error</th><th scope=\"col\">note</th>");
  }

  @Test
  void marksDifferencesInWords() {
    String page =
        new Report("x")
            .differences(List.of("k", "a", "b", "c"), List.of(List.of("k", "1", "2", "1")))
            .html();
    assertThat(page).contains("<td>1</td><td class=\"different\">≠ 2</td><td>1</td>");
  }

  @Test
  void saysVerdictsInWordsAndSigns() {
    String page = new Report("x").claim(Verdict.FAILS, "c", "e").html();
    assertThat(page).contains("class=\"claim fails\"", "✗</span> Fails</strong> c");
  }

  @Test
  void refusesRowsOfAnotherLength() {
    assertThatThrownBy(() -> new Report("x").table(List.of("a", "b"), List.of(List.of("1"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells for 2 headings: [1]");
  }

  @Test
  void writesCommaSeparatedValues() throws IOException {
    Path file = directory.resolve("x.csv");
    Csv.write(
        file,
        List.of("name", "value"),
        List.of(
            List.of("plain", 0.1),
            List.of("a,b", 1e-300),
            List.of("say \"x\"", Double.NaN),
            Arrays.asList("two\nlines", null)));
    assertThat(Files.readString(file))
        .isEqualTo(
            "name,value\nplain,0.1\n\"a,b\",1.0E-300\n\"say \"\"x\"\"\",\n\"two\nlines\",\n");
  }
}
