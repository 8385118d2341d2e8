package org.roundel.page.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What cannot be read, and why: the first ten, and how many more, however damaged a file is.
 *
 * @param named the first of them
 * @param unnamed how many came after those
 */
public record Problems(List<String> named, long unnamed) {
  /** No problem. */
  static final Problems NONE = new Problems(List.of(), 0);

  private static final int MOST_NAMED = 10;

  /** Copies the list. */
  public Problems {
    named = List.copyOf(named);
  }

  /** Returns a single problem. */
  static Problems of(String problem) {
    return new Problems(List.of(problem), 0);
  }

  /** Returns these and one more. */
  Problems and(String problem) {
    return and(of(problem));
  }

  /** Returns these and others after them. */
  Problems and(Problems others) {
    int added = Math.min(MOST_NAMED - named.size(), others.named.size());
    long left = unnamed + others.unnamed + others.named.size() - added;
    if (added == 0) {
      return new Problems(named, left);
    }
    List<String> all = new ArrayList<>(named);
    all.addAll(others.named.subList(0, added));
    return new Problems(all, left);
  }

  /** Returns them as texts, the last of which says how many are not named. */
  public List<String> texts() {
    if (unnamed == 0) {
      return named;
    }
    List<String> texts = new ArrayList<>(named);
    texts.add(String.format(Locale.ROOT, "and %d more damaged lines", unnamed));
    return texts;
  }
}
