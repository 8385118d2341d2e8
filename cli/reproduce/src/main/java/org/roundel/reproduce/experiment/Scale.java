package org.roundel.reproduce.experiment;

import java.util.Locale;

/** How much work an experiment is. */
public enum Scale {
  /** Minutes, on images that come with the program. */
  SMOKE,
  /** A night on two cores, on CIFAR-10. */
  LAPTOP,
  /** What was published. */
  PAPER;

  /** Returns the name as it is typed: {@code smoke}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
