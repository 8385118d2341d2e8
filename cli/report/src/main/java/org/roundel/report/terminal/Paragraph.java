package org.roundel.report.terminal;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Paragraph {
  private Paragraph() {}

  /** Returns the words of a text in lines of at most {@code width} characters where words allow. */
  public static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /**
   * Returns a text in indented lines that fit a terminal; later lines of an item of a list, which
   * begins with a dash, stand under its first word.
   */
  public static List<String> hanging(String text, String indent) {
    String under = text.startsWith("- ") ? "  " : "";
    List<String> lines = new ArrayList<>();
    for (String line : wrap(text, Terminal.DEFAULT_COLUMNS - indent.length() - under.length())) {
      lines.add(indent + (lines.isEmpty() ? "" : under) + line);
    }
    return lines;
  }
}
