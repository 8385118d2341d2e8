package org.roundel.reproduce.experiment;

import java.io.PrintStream;
import java.util.List;
import org.roundel.report.Report;
import org.roundel.report.Verdict;
import org.roundel.report.terminal.Paragraph;

/**
 * Something that is claimed, and what the numbers say about it.
 *
 * @param verdict computed from the numbers
 * @param claim a sentence
 * @param evidence the numbers
 */
public record Claim(Verdict verdict, String claim, String evidence) {
  private static final int COLUMNS = 80;
  private static final String INDENT = " ".repeat(11);

  /** Returns a claim about which the numbers leave no doubt either way. */
  public static Claim decided(boolean holds, String claim, String evidence) {
    return new Claim(holds ? Verdict.HOLDS : Verdict.FAILS, claim, evidence);
  }

  /** Returns the claim that one figure is less than another. */
  public static Claim of(String claim, Order order) {
    return new Claim(order.verdict(), claim, order.words());
  }

  /** Puts the claims into the report and prints them. */
  public static void tell(List<Claim> claims, Report report, PrintStream out) {
    report(report, claims);
    print(out, claims);
  }

  public static void print(PrintStream out, List<Claim> claims) {
    for (Claim claim : claims) {
      String label = "  " + claim.verdict.word();
      List<String> lines = Paragraph.wrap(claim.claim, COLUMNS - INDENT.length());
      for (int line = 0; line < lines.size(); line++) {
        String start = line == 0 ? label + INDENT.substring(label.length()) : INDENT;
        out.println(start + lines.get(line));
      }
    }
  }

  public static void report(Report report, List<Claim> claims) {
    for (Claim claim : claims) {
      report.claim(claim.verdict, claim.claim, claim.evidence);
    }
  }
}
