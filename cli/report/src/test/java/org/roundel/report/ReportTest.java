package org.roundel.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.roundel.report.chart.Figure;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;

class ReportTest {
  private static Report report(String text, Table<?> table, Claim claim) {
    return new Report(ReportTest.class, "parts.ftlh")
        .put("title", text)
        .put("table", table)
        .put(
            "figure",
            new Figure("x", text, "<svg>1</svg>", "<svg>2</svg>", "<svg>3</svg>", "<svg>4</svg>"))
        .put("claims", List.of(claim));
  }

  private static String page(Table<?> table) {
    return report("x", table, new Claim(Verdict.HOLDS, "c", "e")).html();
  }

  @Test
  void escapesEveryText() {
    String evil = "<script>\"'&\u0007";
    Table<String> table =
        new Table<>(
            List.of(
                Column.page(evil, row -> row),
                Column.<String>page(evil, row -> row).marking(row -> true)),
            List.of(evil));
    String page = report(evil, table, new Claim(Verdict.HOLDS, evil, evil)).html();
    assertThat(page).doesNotContain("<script", "\u0007").contains("&lt;script&gt;&quot;&#39;&amp;");
    assertThat(page.split("&lt;script&gt;", -1)).hasSize(19);
  }

  @Test
  void marksDifferencesInWords() {
    Table<String> table =
        new Table<>(
            List.of(
                Column.page("a", row -> "1"),
                Column.<String>page("b", row -> "2").marking(row -> true),
                Column.<String>page("c", row -> "1").marking(row -> false)),
            List.of("row"));
    assertThat(page(table)).contains("<td>1</td><td class=\"different\">≠ 2</td><td>1</td>");
  }

  @Test
  void saysVerdictsInWordsAndSigns() {
    String page =
        report("x", new Table<>(List.of(), List.of()), new Claim(Verdict.FAILS, "c", "e")).html();
    assertThat(page).contains("class=\"claim fails\"", "✗</span> Fails</strong> c");
  }

  @Test
  void printsClaimsInBrief() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Claim.print(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        List.of(
            new Claim(Verdict.UNCLEAR, "Δ grows.", "e", "delta grows"),
            new Claim(Verdict.HOLDS, "word ".repeat(20), "e")));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "  Unclear  delta grows",
            "  Holds    " + "word ".repeat(14).strip(),
            "           " + "word ".repeat(6).strip());
  }

  @Test
  void setsProseInOneLine() {
    assertThat(page(new Table<>(List.of(), List.of()))).contains("<p>x over two lines</p>\n");
  }

  @Test
  void refusesATemplateWithoutItsValues() {
    assertThatThrownBy(() -> new Report(ReportTest.class, "parts.ftlh").html())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("org/roundel/report/parts.ftlh");
  }

  @Test
  void showsATemplateNothingThatItDoesNotKnow() {
    Report report = new Report(ReportTest.class, "parts.ftlh").put("title", new Object());
    assertThatThrownBy(report::html).isInstanceOf(IllegalStateException.class);
  }
}
