package org.roundel.report;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.roundel.core.RoundelException;
import org.roundel.core.run.AtomicFiles;

/**
 * A page that stands alone: one HTML file without scripts that loads nothing, light or dark as its
 * reader's system is.
 *
 * <p>Its prose is a template, a FreeMarker file that uses the macros of {@code page.ftlh} as {@code
 * page}; what Java computed is put into it by name: texts, numbers, lists and maps of them, {@link
 * org.roundel.report.table.Table tables}, {@link org.roundel.report.chart.Figure figures} and
 * {@link Claim claims}. All of them are escaped. A name that the template has and nobody has put is
 * an error.
 */
public final class Report {
  private final String template;
  private final Map<String, Object> values = new HashMap<>();

  /**
   * Begins a report.
   *
   * @param owner whose template it is
   * @param template the name of a file beside it
   */
  public Report(Class<?> owner, String template) {
    this.template = owner.getPackageName().replace('.', '/') + "/" + template;
  }

  /** Puts a value into the report. */
  public Report put(String name, Object value) {
    values.put(name, value);
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
    return Templates.render(template, values);
  }
}
