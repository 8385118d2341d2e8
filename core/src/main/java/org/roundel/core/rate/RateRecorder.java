package org.roundel.core.rate;

import java.util.ArrayList;
import java.util.List;

/** Writes down the updates of a range test, and sees when its loss has risen too far. */
final class RateRecorder {
  private static final double RISE = 4;

  private final List<RatePoint> points = new ArrayList<>();
  private final SmoothedLoss smoothed = new SmoothedLoss();
  private double lowest = Double.POSITIVE_INFINITY;

  /** Takes in the next update, see {@link RatePoint}. */
  RatePoint add(double rate, double loss, double movedShare) {
    RatePoint point = new RatePoint(points.size() + 1, rate, loss, smoothed.add(loss), movedShare);
    points.add(point);
    lowest = Math.min(lowest, point.smoothedLoss());
    return point;
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  /** Returns whether the smoothed loss is above four times its lowest. */
  boolean hasRisen() {
    return !points.isEmpty() && points.get(points.size() - 1).smoothedLoss() > RISE * lowest;
  }

  RateCurve curve(RateCurve.End end) {
    return new RateCurve(points, end);
  }
}
