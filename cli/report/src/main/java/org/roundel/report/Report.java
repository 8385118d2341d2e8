package org.roundel.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.roundel.core.RoundelException;
import org.roundel.core.run.AtomicFiles;
import org.roundel.report.chart.Figure;

/**
 * A page that stands alone: one HTML file without scripts that loads nothing, light or dark as its
 * reader's system is.
 *
 * <p>All text is escaped. Parts appear in the order in which they are added.
 */
public final class Report {
  private static final String STYLE = style();

  private final String title;
  private final StringBuilder body = new StringBuilder();

  /** Begins a report. */
  public Report(String title) {
    this.title = title;
  }

  /** Adds a heading below the title. */
  public Report heading(String text) {
    return element("h2", text);
  }

  /** Adds running text. */
  public Report paragraph(String text) {
    return element("p", text);
  }

  /** Adds text in which blanks and line ends count. */
  public Report code(String text) {
    body.append("<pre tabindex=\"0\"><code>").append(Html.escape(text)).append("</code></pre>\n");
    return this;
  }

  /**
   * Adds a table; columns of numbers are aligned at the right.
   *
   * @param rows each as long as the headings
   */
  public Report table(List<String> headings, List<? extends List<String>> rows) {
    HtmlTable.append(body, headings, rows);
    return this;
  }

  /**
   * Adds a table of values under a heading each; those that are not the first value of their row
   * are marked by a sign and by their style.
   *
   * @param headings the first is that of the rows' names
   * @param rows each as long as the headings: its name, then its values
   */
  public Report differences(List<String> headings, List<? extends List<String>> rows) {
    HtmlTable.appendDifferences(body, headings, rows);
    return this;
  }

  /** Adds a chart in both themes; a screen reader says its title and the caption. */
  public Report figure(Figure figure, String caption) {
    String alternative = figure.title() + ". " + caption;
    body.append("<figure>\n<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"")
        .append(data(figure.darkSvg()))
        .append("\">\n<img src=\"")
        .append(data(figure.lightSvg()))
        .append("\" alt=\"")
        .append(Html.escape(alternative))
        .append("\">\n</picture>\n<figcaption>")
        .append(Html.escape(caption))
        .append("</figcaption>\n</figure>\n");
    return this;
  }

  /** Adds whether something that was claimed is so, and the numbers that say it. */
  public Report claim(Verdict verdict, String claim, String evidence) {
    body.append("<div class=\"claim ")
        .append(verdict.name().toLowerCase(Locale.ROOT))
        .append("\">\n<p><strong class=\"verdict\"><span aria-hidden=\"true\">")
        .append(verdict.sign())
        .append("</span> ")
        .append(verdict.word())
        .append("</strong> ")
        .append(Html.escape(claim))
        .append("</p>\n<p class=\"evidence\">")
        .append(Html.escape(evidence))
        .append("</p>\n</div>\n");
    return this;
  }

  /**
   * Writes the page.
   *
   * @param file replaced where it exists; its directory exists
   * @throws RoundelException if it cannot be written
   */
  public void write(Path file) {
    AtomicFiles.write(file, html());
  }

  String html() {
    String name = Html.escape(title);
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Roundel">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <style>
        %s</style>
        </head>
        <body>
        <main>
        <h1>%s</h1>
        %s</main>
        </body>
        </html>
        """,
        name,
        STYLE,
        name,
        body);
  }

  private Report element(String tag, String text) {
    body.append('<').append(tag).append('>').append(Html.escape(text));
    body.append("</").append(tag).append(">\n");
    return this;
  }

  private static String data(String svg) {
    byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
    return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is missing from the program's own JAR");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
