package org.roundel.kit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;

/** Runs rules on components that are right or faulty. */
public final class TestedRules {
  private TestedRules() {}

  /** Checks that a component keeps every rule. */
  public static <S extends Subject> void assertKeepsAll(List<Rule<S>> rules, S subject) {
    assertThat(broken(rules, subject)).isEmpty();
  }

  /** Returns the names of the rules that a component breaks. */
  public static <S extends Subject> List<String> broken(List<Rule<S>> rules, S subject) {
    List<String> broken = new ArrayList<>();
    for (Rule<S> rule : rules) {
      try {
        rule.check(subject);
      } catch (RuleViolation violation) {
        broken.add(rule.name() + ": " + violation.getMessage());
      }
    }
    return broken;
  }

  /** Checks that a component breaks the rule of a name, and returns what is said about it. */
  public static <S extends Subject> String violation(List<Rule<S>> rules, String name, S subject) {
    Rule<S> named = null;
    for (Rule<S> rule : rules) {
      named = rule.name().equals(name) ? rule : named;
    }
    Rule<S> found = named;
    assertThat(found).as("the rule '%s'", name).isNotNull();
    RuleViolation violation = catchThrowableOfType(RuleViolation.class, () -> found.check(subject));
    assertThat(violation).as("a violation of '%s'", name).isNotNull();
    return violation.getMessage();
  }
}
