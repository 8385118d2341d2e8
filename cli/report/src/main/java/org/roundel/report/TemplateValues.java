package org.roundel.report;

import freemarker.template.SimpleObjectWrapper;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.roundel.report.chart.Figure;
import org.roundel.report.table.PageTable;
import org.roundel.report.table.Table;

/**
 * What a template gets to see of a value: texts, numbers, lists and maps as they are, the parts of
 * a page as maps. Nothing is called by reflection; what is not known is an error.
 */
final class TemplateValues extends SimpleObjectWrapper {
  /** HTML has no way to write most control characters. */
  private static final Pattern FORBIDDEN = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F]");

  TemplateValues() {
    super(Templates.VERSION);
  }

  @Override
  public TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
    return super.wrap(value instanceof String text ? printable(text) : value);
  }

  @Override
  protected TemplateModel handleUnknownType(Object value) throws TemplateModelException {
    if (value instanceof Table<?> table) {
      return wrap(table.page());
    } else if (value instanceof PageTable table) {
      return wrap(Map.of("headings", table.headings(), "rows", table.rows()));
    } else if (value instanceof PageTable.Cell cell) {
      return wrap(Map.of("text", cell.text(), "kind", small(cell.kind())));
    } else if (value instanceof Claim claim) {
      return wrap(
          Map.of(
              "verdict", small(claim.verdict()),
              "sign", claim.verdict().sign(),
              "word", claim.verdict().word(),
              "text", claim.text(),
              "evidence", claim.evidence()));
    } else if (value instanceof Figure figure) {
      return wrap(
          Map.of(
              "title", figure.title(),
              "light", data(figure.lightSvg()),
              "dark", data(figure.darkSvg()),
              "narrowLight", data(figure.narrowLightSvg()),
              "narrowDark", data(figure.narrowDarkSvg())));
    }
    return super.handleUnknownType(value);
  }

  private static String small(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String data(String svg) {
    byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
    return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static String printable(String text) {
    return FORBIDDEN.matcher(text).replaceAll("\ufffd");
  }
}
