package org.roundel.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.core.run.AtomicFiles;

/** Tables as files of comma-separated values (RFC 4180), with line feeds, in UTF-8. */
public final class Csv {
  private Csv() {}

  /**
   * Writes a table.
   *
   * @param file replaced where it exists; its directory exists
   * @param rows each as long as the headings; numbers are written so that reading gives the same
   *     number, null and NaN as nothing
   * @throws RoundelException if the file cannot be written
   */
  public static void write(
      Path file, List<String> headings, Iterable<? extends List<? extends @Nullable Object>> rows) {
    AtomicFiles.write(
        file,
        out -> {
          append(out, headings);
          for (List<? extends @Nullable Object> row : rows) {
            if (row.size() != headings.size()) {
              throw new IllegalArgumentException(
                  row.size()
                      + " cells for "
                      + headings.size()
                      + " headings in "
                      + file.getFileName());
            }
            append(out, row);
          }
        });
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
