package org.roundel.core.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody most likely meant.
 *
 * <p>The distance of two names is the least number of insertions, deletions, substitutions and
 * swaps of neighbours that turns one into the other, upper and lower case taken as equal (optimal
 * string alignment). A name is near enough if at most one character in three is wrong; failing
 * that, the start of a name stands for the name if nothing else starts so.
 */
public final class FuzzyMatcher {
  /** A start of a name shorter than this says nothing. */
  private static final int SHORTEST_PREFIX = 3;

  /** Names longer than this are cut before they are compared, so a huge one costs nothing. */
  private static final int LONGEST_COMPARED = 256;

  private FuzzyMatcher() {}

  /**
   * Returns the candidate nearest to the wanted name, if one is near enough.
   *
   * @param wanted what the user wrote
   * @param candidates the names there are; of equally near ones the first in their order wins
   */
  public static Optional<String> nearest(String wanted, Collection<String> candidates) {
    String normalized = normalize(wanted);
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = distance(normalized, normalize(candidate));
      if (distance < bestDistance && distance <= limit(normalized, candidate)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best == null ? onlyOneStartingWith(normalized, candidates) : Optional.of(best);
  }

  /**
   * Returns the text to put behind a message: {@code "; did you mean 'sgd'?"}, or nothing if no
   * candidate is near enough.
   */
  public static String suggestion(String wanted, Collection<String> candidates) {
    return nearest(wanted, candidates).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  private static Optional<String> onlyOneStartingWith(
      String wanted, Collection<String> candidates) {
    if (wanted.length() < SHORTEST_PREFIX) {
      return Optional.empty();
    }
    String found = null;
    for (String candidate : candidates) {
      if (normalize(candidate).startsWith(wanted)) {
        if (found != null) {
          return Optional.empty();
        }
        found = candidate;
      }
    }
    return Optional.ofNullable(found);
  }

  private static int limit(String wanted, String candidate) {
    return Math.min(wanted.length(), candidate.length()) / 3;
  }

  private static String normalize(String name) {
    String cut = name.length() > LONGEST_COMPARED ? name.substring(0, LONGEST_COMPARED) : name;
    return cut.strip().toLowerCase(Locale.ROOT);
  }

  private static int distance(String left, String right) {
    int[] beforePrevious = new int[right.length() + 1];
    int[] previous = new int[right.length() + 1];
    int[] current = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        char here = left.charAt(row - 1);
        char there = right.charAt(column - 1);
        int change = previous[column - 1] + (here == there ? 0 : 1);
        int best = Math.min(change, 1 + Math.min(previous[column], current[column - 1]));
        if (row > 1
            && column > 1
            && here == right.charAt(column - 2)
            && left.charAt(row - 2) == there) {
          best = Math.min(best, beforePrevious[column - 2] + 1);
        }
        current[column] = best;
      }
      int[] spare = beforePrevious;
      beforePrevious = previous;
      previous = current;
      current = spare;
    }
    return previous[right.length()];
  }
}
