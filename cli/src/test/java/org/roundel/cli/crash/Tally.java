package org.roundel.cli.crash;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often what happened. */
final class Tally {
  private final Map<String, Integer> counts = new TreeMap<>();

  void count(String name) {
    counts.merge(name, 1, Integer::sum);
  }

  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Prints all of it, for who reads the build's output. */
  void print(String title) {
    StringBuilder text = new StringBuilder(total() + " " + title + ":\n");
    counts.forEach(
        (name, count) -> text.append(String.format(Locale.ROOT, "  %5d  %s%n", count, name)));
    System.out.print(text);
  }
}
