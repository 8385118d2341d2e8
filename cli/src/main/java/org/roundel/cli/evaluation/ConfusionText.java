package org.roundel.cli.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.roundel.core.event.ClassResults;
import org.roundel.core.event.ConfusionMatrix;
import org.roundel.core.event.ConfusionMatrix.Cell;
import org.roundel.report.table.Column;
import org.roundel.report.table.Table;
import org.roundel.report.terminal.Texts;

/**
 * Errors by class and what was taken for what: the whole matrix where it fits, else the classes
 * with the largest errors and what was confused most.
 */
final class ConfusionText {
  private static final int SHOWN = 10;
  private static final int LONGEST_NAME = 24;
  private static final int ERROR = 8;

  private final ClassResults classes;
  private final ConfusionMatrix confusion;
  private final int cell;
  private final int name;

  private ConfusionText(ClassResults classes, int width) {
    this.classes = classes;
    this.confusion = classes.confusion();
    this.cell = cellWidth(confusion);
    int longest = "class".length();
    for (int actual = 0; actual < confusion.classes(); actual++) {
      longest = Math.max(longest, numbered(actual).length());
    }
    long left = width - ERROR - (long) cell * confusion.classes();
    this.name = (int) Math.max(0, Math.min(longest, left));
  }

  /**
   * Makes one.
   *
   * @param width the most characters of a line
   */
  static ConfusionText of(ClassResults classes, int width) {
    return new ConfusionText(classes, width);
  }

  private static int cellWidth(ConfusionMatrix confusion) {
    int widest = Integer.toString(confusion.classes() - 1).length();
    for (int actual = 0; actual < confusion.classes(); actual++) {
      int images = confusion.count(actual, actual);
      widest = Math.max(widest, Integer.toString(images).length());
    }
    for (Cell each : confusion.confusions()) {
      widest = Math.max(widest, Integer.toString(each.images()).length());
    }
    return widest + 1;
  }

  private String numbered(int actual) {
    String number = Integer.toString(actual);
    String blanks =
        " ".repeat(Integer.toString(confusion.classes() - 1).length() - number.length());
    String text = classes.classNames().get(actual);
    return blanks + number + (text.equals(number) ? "" : " " + text);
  }

  List<String> lines(String indent) {
    List<String> lines = new ArrayList<>();
    if (name >= "class".length()) {
      lines.add("Images of each class: their error, and how many were taken for which class");
      matrix().forEach(line -> lines.add(indent + line));
      return lines;
    }
    lines.add("The classes with the largest errors, of " + Texts.count(confusion.classes()));
    worst().lines().forEach(line -> lines.add(indent + line));
    if (!confusion.confusions().isEmpty()) {
      lines.add("");
      lines.add("What was confused most");
      confused().lines().forEach(line -> lines.add(indent + line));
    }
    return lines;
  }

  private List<String> matrix() {
    List<String> lines = new ArrayList<>();
    StringBuilder heading = new StringBuilder(cut("class", name)).append(right("error", ERROR));
    for (int predicted = 0; predicted < confusion.classes(); predicted++) {
      heading.append(right(Integer.toString(predicted), cell));
    }
    lines.add(heading.toString());
    for (int actual = 0; actual < confusion.classes(); actual++) {
      StringBuilder line = new StringBuilder(cut(numbered(actual), name));
      line.append(right(error(actual), ERROR));
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        int count = confusion.count(actual, predicted);
        line.append(right(count == 0 ? "." : Integer.toString(count), cell));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private String error(int actual) {
    return confusion.images(actual) == 0
        ? "-"
        : String.format(Locale.ROOT, "%.1f %%", 100 * confusion.error(actual));
  }

  private Table<Integer> worst() {
    return new Table<>(
        List.of(
            Column.terminal("class", actual -> shortened(actual)),
            Column.numbersOnTerminal("error", this::error),
            Column.numbersOnTerminal("wrong", actual -> Texts.count(confusion.wrong(actual))),
            Column.numbersOnTerminal("images", actual -> Texts.count(confusion.images(actual)))),
        confusion.byError().stream().limit(SHOWN).toList());
  }

  private Table<Cell> confused() {
    return new Table<>(
        List.of(
            Column.terminal("class", each -> shortened(each.actual())),
            Column.terminal("taken for", each -> shortened(each.predicted())),
            Column.numbersOnTerminal("images", each -> Texts.count(each.images())),
            Column.numbersOnTerminal(
                "of the class",
                each ->
                    String.format(
                        Locale.ROOT,
                        "%.1f %%",
                        100.0 * each.images() / confusion.images(each.actual())))),
        confusion.confusions().stream().limit(SHOWN).toList());
  }

  private String shortened(int actual) {
    String text = numbered(actual);
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String cut(String text, int width) {
    return text.length() <= width
        ? text + " ".repeat(width - text.length())
        : text.substring(0, width - 1) + "…";
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
