package org.roundel.page.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.core.event.StepCompleted;

/** Collects an epoch's curve; used by the training thread. */
final class EpochCurveWriter {
  private static final int MOST_POINTS = 256;

  private final List<Double> losses = new ArrayList<>();
  private final List<Double> errors = new ArrayList<>();
  private int epoch;
  private int updates;
  private double lossSum;
  private long images;
  private long wrong;

  /** Returns the curve with one more point; null as long as the point is not whole. */
  @Nullable EpochCurve add(StepCompleted event) {
    if (event.epoch() != epoch) {
      epoch = event.epoch();
      losses.clear();
      errors.clear();
      beginPoint();
    }
    int stride = (event.stepsPerEpoch() + MOST_POINTS - 1) / MOST_POINTS;
    lossSum += event.loss() * event.images();
    images += event.images();
    wrong += event.wrong();
    updates++;
    if (updates < stride) {
      return null;
    }
    losses.add(lossSum / images);
    errors.add((double) wrong / images);
    beginPoint();
    return new EpochCurve(epoch, stride, losses, errors);
  }

  private void beginPoint() {
    updates = 0;
    lossSum = 0;
    images = 0;
    wrong = 0;
  }
}
