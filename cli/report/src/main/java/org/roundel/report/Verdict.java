package org.roundel.report;

/** What the numbers say about a claim. */
public enum Verdict {
  /** They bear it out. */
  HOLDS("✓", "Holds"),
  /** They contradict it. */
  FAILS("✗", "Fails"),
  /** They are too few, or too uncertain, to say. */
  UNCLEAR("?", "Unclear");

  private final String sign;
  private final String word;

  Verdict(String sign, String word) {
    this.sign = sign;
    this.word = word;
  }

  /** Returns the verdict as a sign, which says it without color. */
  public String sign() {
    return sign;
  }

  /** Returns the verdict as a word. */
  public String word() {
    return word;
  }
}
