package org.roundel.report.chart.drawing;

import org.jspecify.annotations.Nullable;
import org.roundel.report.chart.Axis;

/**
 * Where the values of an axis are drawn.
 *
 * @param logarithmic whether a value's place is its decimal logarithm; else it is the value itself
 * @param low the place of the axis's beginning
 * @param high the place of its end, above {@code low}
 */
record AxisScale(boolean logarithmic, double low, double high) {
  /** Data that begins below this share of its end is drawn from zero. */
  private static final double NEAR_ZERO = 0.35;

  private static final double PADDING = 0.03;

  /** Collects the values that an axis has to show. */
  static final class Builder {
    private final Axis axis;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    Builder(Axis axis) {
      this.axis = axis;
    }

    Builder add(double @Nullable ... values) {
      if (values == null) {
        return this;
      }
      for (double value : values) {
        double place = placeOf(value, axis.logarithmic());
        if (!Double.isNaN(place)) {
          low = Math.min(low, place);
          high = Math.max(high, place);
        }
      }
      return this;
    }

    /** Returns a scale with some room at both ends. */
    AxisScale around() {
      return build(false, false);
    }

    /** Returns a scale with some room at both ends, or from zero where the data comes near it. */
    AxisScale nearZero() {
      return build(true, false);
    }

    /** Returns a scale for what stands on zero, or on the end of a logarithmic axis. */
    AxisScale onZero() {
      if (!axis.logarithmic()) {
        add(0);
      }
      return build(false, true);
    }

    private AxisScale build(boolean nearZero, boolean onZero) {
      if (low > high) {
        low = 0;
        high = 1;
      }
      double padding = (high - low) * PADDING;
      if (padding == 0) {
        padding = axis.logarithmic() || low == 0 ? 0.5 : Math.abs(low) / 2;
      }
      double from = low - padding;
      double to = high + padding;
      if (!axis.logarithmic()) {
        if ((nearZero && low > 0 && low < NEAR_ZERO * high) || (onZero && low == 0)) {
          from = 0;
        }
        if ((nearZero && high < 0 && high > NEAR_ZERO * low) || (onZero && high == 0)) {
          to = 0;
        }
      }
      if (axis.minimum() != null) {
        from = placeOf(axis.minimum(), axis.logarithmic());
      }
      if (axis.maximum() != null) {
        to = placeOf(axis.maximum(), axis.logarithmic());
      }
      // A given end can lie beyond all data, and all data can be one value at the end of the axis.
      if (from >= to) {
        double width = Math.max(1, Math.abs(from) / 2);
        if (axis.maximum() == null) {
          to = from + width;
        } else {
          from = to - width;
        }
      }
      return new AxisScale(axis.logarithmic(), from, to);
    }
  }

  /** Returns where a value is drawn; NaN if it cannot be. */
  double place(double value) {
    return placeOf(value, logarithmic);
  }

  private static double placeOf(double value, boolean logarithmic) {
    if (!Double.isFinite(value) || (logarithmic && value <= 0)) {
      return Double.NaN;
    }
    return logarithmic ? Math.log10(value) : value;
  }
}
