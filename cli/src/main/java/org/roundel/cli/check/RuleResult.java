package org.roundel.cli.check;

/**
 * What checking one rule on one component gave.
 *
 * @param rule the rule's name
 * @param outcome how it ended
 * @param detail the input that broke the rule, or what is missing to check it; empty if it passed
 */
public record RuleResult(String rule, Outcome outcome, String detail) {
  /** How checking a rule ends. */
  public enum Outcome {
    /** The component keeps the rule. */
    PASSED,
    /** The component breaks the rule. */
    FAILED,
    /** The rule could not be checked. */
    SKIPPED
  }

  static RuleResult passed(String rule) {
    return new RuleResult(rule, Outcome.PASSED, "");
  }

  static RuleResult failed(String rule, String detail) {
    return new RuleResult(rule, Outcome.FAILED, detail);
  }

  static RuleResult skipped(String rule, String detail) {
    return new RuleResult(rule, Outcome.SKIPPED, detail);
  }
}
