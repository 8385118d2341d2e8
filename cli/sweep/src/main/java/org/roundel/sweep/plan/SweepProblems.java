package org.roundel.sweep.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.roundel.api.MessageText;
import org.roundel.core.config.ConfigurationProblems;
import org.roundel.core.text.FuzzyMatcher;

/** What is wrong with a sweep file, told all at once, in the order of lines. */
final class SweepProblems {
  private final Path file;
  private final List<Problem> problems = new ArrayList<>();

  private record Problem(int line, String text) {}

  SweepProblems(Path file) {
    this.file = file;
  }

  void add(int line, String problem) {
    String text = String.format(Locale.ROOT, "%s line %d: %s", file, line, problem);
    problems.add(new Problem(line, text));
  }

  /** Adds a problem of the whole; it is told behind those of lines. */
  void add(String problem) {
    problems.add(new Problem(Integer.MAX_VALUE, file + ": " + problem));
  }

  /** Adds that nothing reads a key. */
  void addUnknown(int line, String key, Collection<String> known) {
    String suggestion = FuzzyMatcher.suggestion(key, known);
    String allowed = suggestion.isEmpty() ? "; allowed: " + String.join(", ", known) : suggestion;
    add(line, "unknown key " + MessageText.quoted(key) + allowed);
  }

  void throwIfAny() {
    ConfigurationProblems all = new ConfigurationProblems("the sweep file");
    problems.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .forEach(problem -> all.add(problem.text()));
    all.throwIfAny();
  }
}
