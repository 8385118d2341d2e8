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

  /** Returns what numbers say that leave no doubt either way. */
  public static Verdict of(boolean holds) {
    return holds ? HOLDS : FAILS;
  }

  /** Returns what numbers say that bear out, contradict, or do neither; a contradiction wins. */
  public static Verdict of(boolean holds, boolean fails) {
    if (fails) {
      return FAILS;
    }
    return holds ? HOLDS : UNCLEAR;
  }

  /** Returns the verdict on the opposite claim. */
  public Verdict opposite() {
    return of(this == FAILS, this == HOLDS);
  }

  /** Returns the verdict on both this claim and another. */
  public Verdict and(Verdict other) {
    return of(this == HOLDS && other == HOLDS, this == FAILS || other == FAILS);
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
