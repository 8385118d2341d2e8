package org.roundel.sweep.plan;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.roundel.api.MessageText;
import org.roundel.core.config.ConfigurationProblems;
import org.roundel.core.text.FuzzyMatcher;

/** What is wrong with a sweep file, told all at once, with lines. */
final class SweepProblems {
  private final Path file;
  private final ConfigurationProblems problems = new ConfigurationProblems("the sweep file");

  SweepProblems(Path file) {
    this.file = file;
  }

  void add(int line, String problem) {
    problems.add(String.format(Locale.ROOT, "%s line %d: %s", file, line, problem));
  }

  /** Adds a problem of the whole. */
  void add(String problem) {
    problems.add(file + ": " + problem);
  }

  /** Adds that nothing reads a key. */
  void addUnknown(int line, String key, Collection<String> known) {
    String suggestion = FuzzyMatcher.suggestion(key, known);
    String allowed = suggestion.isEmpty() ? "; allowed: " + String.join(", ", known) : suggestion;
    add(line, "unknown key " + MessageText.quoted(key) + allowed);
  }

  void throwIfAny() {
    problems.throwIfAny();
  }
}
