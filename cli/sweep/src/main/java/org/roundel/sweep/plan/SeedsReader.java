package org.roundel.sweep.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.MessageText;
import org.roundel.core.config.RunSettings;
import org.roundel.core.config.YamlNode;

/** Reads {@code seeds: [1, 2, 3]} and {@code seeds: 1..3}. */
final class SeedsReader {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\s*\\.\\.\\s*(\\d{1,18})");
  private static final int MOST = 10_000;

  private final SweepProblems problems;

  SeedsReader(SweepProblems problems) {
    this.problems = problems;
  }

  List<String> read(@Nullable YamlNode node) {
    List<String> seeds = new ArrayList<>();
    if (node instanceof YamlNode.Sequence list && !list.elements().isEmpty()) {
      addAll(seeds, list);
    } else if (node instanceof YamlNode.Text text) {
      addRange(seeds, text);
    } else if (node != null) {
      addForm(node, "is no list of numbers");
    }
    return seeds;
  }

  private void addAll(List<String> seeds, YamlNode.Sequence list) {
    if (list.elements().size() > MOST) {
      problems.add(
          list.line(),
          "seeds has " + list.elements().size() + " elements; allowed: at most " + MOST);
      return;
    }
    Set<String> seen = new HashSet<>();
    list.elements().forEach(element -> add(seeds, seen, element));
  }

  private void add(List<String> seeds, Set<String> seen, YamlNode element) {
    if (!(element instanceof YamlNode.Text text)) {
      addForm(element, "has an element that is no number");
      return;
    }
    try {
      String seed = Long.toString(RunSettings.SEED.parse(text.text()));
      if (!seen.add(seed)) {
        problems.add(element.line(), "seeds has " + seed + " twice");
      }
      seeds.add(seed);
    } catch (InvalidInputException invalid) {
      problems.add(element.line(), "seeds: " + invalid.getMessage());
    }
  }

  private void addRange(List<String> seeds, YamlNode.Text text) {
    Matcher range = RANGE.matcher(text.text().strip());
    if (!range.matches()) {
      addForm(text, "is " + MessageText.quoted(text.text()));
      return;
    }
    long first = Long.parseLong(range.group(1));
    long last = Long.parseLong(range.group(2));
    if (last < first || last - first >= MOST) {
      problems.add(
          text.line(),
          "seeds is "
              + text.text()
              + "; allowed: a range from the lower to the higher number, of at most "
              + MOST);
      return;
    }
    for (long seed = first; seed <= last; seed++) {
      seeds.add(Long.toString(seed));
    }
  }

  private void addForm(YamlNode node, String what) {
    problems.add(node.line(), "seeds " + what + "; allowed: a list as in [1, 2, 3], or 1..3");
  }
}
