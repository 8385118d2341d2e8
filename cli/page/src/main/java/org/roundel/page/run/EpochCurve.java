package org.roundel.page.run;

import java.util.List;

/**
 * How the updates of the running epoch went, so many at a time that a page can draw them.
 *
 * @param epoch the epoch, counted from 1
 * @param stride how many updates a point stands for
 * @param losses mean loss of each {@code stride} updates, in their order
 * @param errors share of their images that were misclassified, in [0, 1]
 */
public record EpochCurve(int epoch, int stride, List<Double> losses, List<Double> errors) {
  /** Copies the lists. */
  public EpochCurve {
    losses = List.copyOf(losses);
    errors = List.copyOf(errors);
  }
}
