package org.roundel.core.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the name that somebody most likely meant.
 *
 * <p>The distance of two names is the least number of insertions, deletions, substitutions and
 * swaps of neighbours that turns one into the other, upper and lower case taken as equal (optimal
 * string alignment). A name is near enough if at most one character in three is wrong; failing
 * that, the start of a name stands for the name if nothing else starts so, and so do the initials
 * of its words, as in {@code lr} for {@code learning-rate}.
 */
public final class FuzzyMatcher {
  /** A start of a name shorter than this says nothing. */
  private static final int SHORTEST_PREFIX = 3;

  private static final String SEPARATORS = "-.";

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
    if (best == null) {
      best = onlyOne(candidates, name -> startsWith(normalize(name), normalized));
    }
    if (best == null) {
      best = onlyOne(candidates, name -> hasInitials(normalize(name), normalized));
    }
    return Optional.ofNullable(best);
  }

  /**
   * Returns the text to put behind a message: {@code "; did you mean 'epochs'?"}, or nothing if no
   * candidate is near enough.
   */
  public static String suggestion(String wanted, Collection<String> candidates) {
    return nearest(wanted, candidates).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /**
   * Returns what may stand in place of a wrong name, to put behind a suggestion or the lack of one:
   * {@code "; allowed: epochs, seed"}, or a sentence of its own behind a question.
   *
   * @param suggestion as {@link #suggestion} returns it
   */
  public static String withAllowed(String suggestion, String allowed) {
    return suggestion + (suggestion.endsWith("?") ? " Allowed: " : "; allowed: ") + allowed;
  }

  private static @Nullable String onlyOne(Collection<String> candidates, Predicate<String> fits) {
    String found = null;
    for (String candidate : candidates) {
      if (fits.test(candidate)) {
        if (found != null) {
          return null;
        }
        found = candidate;
      }
    }
    return found;
  }

  private static boolean startsWith(String name, String wanted) {
    return wanted.length() >= SHORTEST_PREFIX && name.startsWith(wanted);
  }

  /** An option's dashes in front are no part of its words. */
  private static boolean hasInitials(String name, String wanted) {
    StringBuilder initials = new StringBuilder();
    for (int index = 0; index < name.length(); index++) {
      boolean starts = index == 0 || SEPARATORS.indexOf(name.charAt(index - 1)) >= 0;
      if (starts && SEPARATORS.indexOf(name.charAt(index)) < 0) {
        initials.append(name.charAt(index));
      }
    }
    int dashes = 0;
    while (dashes < wanted.length() && wanted.charAt(dashes) == '-') {
      dashes++;
    }
    return initials.length() > 1 && initials.toString().equals(wanted.substring(dashes));
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
