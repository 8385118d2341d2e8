package org.roundel.report;

import java.io.PrintStream;
import java.util.List;
import org.roundel.report.terminal.Paragraph;
import org.roundel.report.terminal.Terminal;

/**
 * Something that is claimed, and what the numbers say about it: on a page with its evidence, on a
 * terminal in a line or two.
 *
 * @param verdict computed from the numbers
 * @param text a sentence
 * @param evidence the numbers
 * @param brief the sentence for a terminal, where it need not be the same
 */
public record Claim(Verdict verdict, String text, String evidence, String brief) {
  private static final String INDENT = " ".repeat(11);

  /** Makes a claim that a terminal shows as a page does. */
  public Claim(Verdict verdict, String text, String evidence) {
    this(verdict, text, evidence, text);
  }

  /** Prints claims, in lines that fit a terminal. */
  public static void print(PrintStream out, List<Claim> claims) {
    for (Claim claim : claims) {
      String start = "  " + claim.verdict.word();
      for (String line : Paragraph.wrap(claim.brief, Terminal.DEFAULT_COLUMNS - INDENT.length())) {
        out.println(start + INDENT.substring(start.length()) + line);
        start = "";
      }
    }
  }
}
