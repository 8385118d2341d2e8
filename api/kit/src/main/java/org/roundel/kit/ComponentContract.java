package org.roundel.kit;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.roundel.kit.rule.FactoryRules;
import org.roundel.kit.rule.Rule;
import org.roundel.kit.rule.Subject;

/**
 * Runs the rules of a kind of component as tests: those about the factory once, the others once for
 * every variant. A plugin's test extends the contract of a kind, such as {@link QuantizerContract},
 * not this class.
 *
 * @param <S> the kind of component
 */
public abstract class ComponentContract<S extends Subject> {
  /** For the kit's contracts only. */
  ComponentContract() {}

  /** Returns whether a plugin offers the component; false for one that was made for a test. */
  protected boolean isOffered() {
    return true;
  }

  /** Returns the component that the rules about the factory are checked with. */
  abstract S subject();

  /** Returns the components that the other rules are checked with. */
  abstract List<S> subjects();

  /** Returns the rules of the kind. */
  abstract List<Rule<S>> rules();

  /** Returns a test of each rule, on each variant. */
  @TestFactory
  final List<DynamicTest> keepsTheRules() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Rule<S> rule : FactoryRules.<S>all()) {
      if (isOffered() || !rule.name().equals(FactoryRules.OFFERED)) {
        tests.add(DynamicTest.dynamicTest(rule.name(), () -> rule.check(subject())));
      }
    }
    for (Rule<S> rule : rules()) {
      for (S subject : subjects()) {
        tests.add(
            DynamicTest.dynamicTest(
                rule.name() + " [" + subject.optionsText() + "]", () -> rule.check(subject)));
      }
    }
    return tests;
  }
}
