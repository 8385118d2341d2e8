package org.roundel.kit.rule;

/**
 * One thing that a component must do.
 *
 * @param name what must hold, in words; it never changes
 * @param quality whether the rule is about how well the component works, which holds for sensible
 *     option values but not for every allowed one
 * @param body checks it
 * @param <S> the kind of component
 */
public record Rule<S extends Subject>(String name, boolean quality, Body<S> body) {
  /**
   * Checks a rule.
   *
   * @param <S> the kind of component
   */
  @FunctionalInterface
  public interface Body<S> {
    /**
     * Returns if the rule is kept.
     *
     * @throws RuleViolation if the rule is broken
     * @throws Exception if the component throws it, which breaks the rule too
     */
    void check(S subject) throws Exception;
  }

  /** Returns a rule for all option values. */
  public static <S extends Subject> Rule<S> of(String name, Body<S> body) {
    return new Rule<>(name, false, body);
  }

  /** Returns a rule for sensible option values. */
  public static <S extends Subject> Rule<S> quality(String name, Body<S> body) {
    return new Rule<>(name, true, body);
  }

  /**
   * Returns if the component keeps the rule. For one thread at a time in a JVM: some rules change
   * how many threads compute, for as long as they run.
   *
   * @throws RuleViolation if it does not; the message says what was found, what is allowed, and the
   *     input that broke the rule
   */
  public void check(S subject) {
    try {
      body.check(subject);
    } catch (RuleViolation violation) {
      throw violation.with(subject.optionsText());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw RuleViolation.thrown(interrupted, "the check").with(subject.optionsText());
    } catch (Exception | LinkageError | AssertionError | StackOverflowError thrown) {
      throw RuleViolation.thrown(thrown, "the component").with(subject.optionsText());
    }
  }
}
