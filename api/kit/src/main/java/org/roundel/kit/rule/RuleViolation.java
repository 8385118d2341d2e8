package org.roundel.kit.rule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says that a component breaks a rule: what was found against what is allowed, and the input. */
public final class RuleViolation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private RuleViolation(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Makes a violation.
   *
   * @param found what the component did
   * @param allowed what it may do
   */
  public static RuleViolation of(String found, String allowed) {
    return new RuleViolation("found " + found + "; allowed: " + allowed, null);
  }

  /** Returns the violation of a component that threw something it may not throw. */
  public static RuleViolation thrown(Throwable thrown, String where) {
    String text = thrown.getClass().getName();
    if (thrown.getMessage() != null) {
      text += ": " + thrown.getMessage();
    }
    return new RuleViolation("found that " + where + " threw " + text, thrown);
  }

  /** Returns the same violation with more of the input that led to it. */
  public RuleViolation with(String input) {
    RuleViolation longer = new RuleViolation(getMessage() + "; with " + input, getCause());
    longer.setStackTrace(getStackTrace());
    return longer;
  }

  /** Throws unless two arrays hold the same bits. */
  public static void requireSame(int[] found, int[] expected, String what) {
    if (!Arrays.equals(found, expected)) {
      int index = Arrays.mismatch(found, expected);
      throw of(
          what
              + " gives other bytes, first at "
              + index
              + ": "
              + number(found, index)
              + " instead of "
              + number(expected, index),
          "the same bytes");
    }
  }

  private static String number(int[] bits, int index) {
    return index < bits.length ? Float.toString(Float.intBitsToFloat(bits[index])) : "nothing";
  }
}
