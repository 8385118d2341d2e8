package org.roundel.cli.doctor;

import java.io.PrintStream;
import java.util.List;
import org.roundel.report.terminal.Paragraph;

/** Prints what was found out about things: at the left a column of labels, beside it the words. */
public final class Findings {
  private final PrintStream out;
  private final String indent;

  /**
   * Makes a printer.
   *
   * @param columns the width of the labels with the gap behind them
   */
  public Findings(PrintStream out, int columns) {
    this.out = out;
    this.indent = " ".repeat(columns);
  }

  /** Prints a label and the words beside it. */
  public void print(String label, String text) {
    List<String> lines = Paragraph.hanging(text, indent);
    out.println(label + lines.get(0).substring(label.length()));
    lines.subList(1, lines.size()).forEach(out::println);
  }

  /** Prints more words below. */
  public void print(String text) {
    Paragraph.hanging(text, indent).forEach(out::println);
  }

  /** Prints what is wrong and what to do, as an item of a list below. */
  public void printProblem(String problem) {
    print("- " + problem);
  }
}
