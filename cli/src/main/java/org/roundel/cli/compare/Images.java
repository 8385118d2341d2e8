package org.roundel.cli.compare;

import java.util.List;
import java.util.Locale;

/** Which images a run's epochs are evaluated on. */
public enum Images {
  /** The test images. */
  TEST,
  /** Training images that are held out. */
  VALIDATION;

  /** Returns those that any of the runs has. */
  static List<Images> of(List<NamedRun> runs) {
    return List.of(values()).stream()
        .filter(images -> runs.stream().anyMatch(run -> run.images() == images))
        .toList();
  }

  /** Returns the word that goes before "error" and "loss". */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
