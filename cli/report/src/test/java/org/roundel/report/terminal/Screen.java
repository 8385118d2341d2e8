package org.roundel.report.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A terminal of one-column characters: keeps what was written to it, and says what a user sees. */
final class Screen extends ByteArrayOutputStream {
  private final int columns;

  Screen(int columns) {
    this.columns = columns;
  }

  /** Returns the lines, the last one without the cursor's blanks; a line that is full wraps. */
  List<String> lines() {
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    int column = 0;
    for (char character : toString(StandardCharsets.UTF_8).toCharArray()) {
      StringBuilder line = lines.get(lines.size() - 1);
      if (character == '\r') {
        column = 0;
      } else if (character == '\n' || column == columns) {
        lines.add(new StringBuilder(character == '\n' ? "" : "" + character));
        column = character == '\n' ? 0 : 1;
      } else {
        if (line.length() == column) {
          line.append(' ');
        }
        line.setCharAt(column, character);
        column++;
      }
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }
}
