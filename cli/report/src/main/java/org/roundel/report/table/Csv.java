package org.roundel.report.table;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.AtomicFiles;

/** Files of comma-separated values (RFC 4180), with line feeds, in UTF-8. */
final class Csv {
  private Csv() {}

  static <R> void write(
      Path file,
      List<String> headings,
      Iterable<? extends R> rows,
      Function<R, List<@Nullable Object>> cells) {
    AtomicFiles.write(file, out -> write(out, headings, rows, cells));
  }

  static <R> void write(
      Writer out,
      List<String> headings,
      Iterable<? extends R> rows,
      Function<R, List<@Nullable Object>> cells)
      throws IOException {
    append(out, headings);
    for (R row : rows) {
      append(out, cells.apply(row));
    }
  }

  private static void append(Writer out, List<? extends @Nullable Object> cells)
      throws IOException {
    String separator = "";
    for (Object cell : cells) {
      out.write(separator);
      out.write(cell(cell));
      separator = ",";
    }
    out.write('\n');
  }

  private static String cell(@Nullable Object cell) {
    if (cell == null || (cell instanceof Double number && number.isNaN())) {
      return "";
    }
    String text = cell.toString();
    if (text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
      return text;
    }
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
