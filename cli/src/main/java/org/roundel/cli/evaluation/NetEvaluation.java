package org.roundel.cli.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.roundel.core.evaluation.TestScores;
import org.roundel.core.evaluation.WrongImages;

/**
 * What evaluating a net gave, whatever it was read from.
 *
 * @param heading says in a line which net it is
 * @param facts the same in values by name, for programs
 * @param tests what each kind of weights does, by its name; first those that ship. A loss that
 *     nobody knows is NaN
 * @param wrong what the net that ships is surest and wrong about
 */
public record NetEvaluation(
    String heading, Map<String, Object> facts, Map<String, TestScores> tests, WrongImages wrong) {
  /** Copies the maps. */
  public NetEvaluation {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    tests = Collections.unmodifiableMap(new LinkedHashMap<>(tests));
  }

  /** Returns what the net that ships does. */
  public TestScores shipped() {
    return tests.values().iterator().next();
  }
}
