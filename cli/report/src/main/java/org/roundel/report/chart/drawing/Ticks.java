package org.roundel.report.chart.drawing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chooses round numbers for an axis. */
final class Ticks {
  /** The labels of an axis that spans less than three of its decades. */
  private static final int[] WITHIN_DECADE = {1, 2, 5};

  private Ticks() {}

  /**
   * Returns the marks of an axis.
   *
   * @param wanted about how many labels there should be
   * @param whole whether only whole numbers make sense
   */
  static List<Tick> of(AxisScale scale, int wanted, boolean whole) {
    if (!scale.logarithmic()) {
      return linear(scale, scale.low(), scale.high(), wanted, whole);
    }
    int first = (int) Math.ceil(scale.low() - 1e-9);
    int last = (int) Math.floor(scale.high() + 1e-9);
    if (last - first + 1 >= 3) {
      return decades(scale, (last - first) / wanted + 1, new int[] {1});
    }
    List<Tick> ticks = decades(scale, 1, WITHIN_DECADE);
    if (ticks.stream().filter(tick -> !tick.label().isEmpty()).count() >= 3) {
      return ticks;
    }
    return linear(scale, Math.pow(10, scale.low()), Math.pow(10, scale.high()), wanted, whole);
  }

  private static List<Tick> linear(
      AxisScale scale, double low, double high, int wanted, boolean whole) {
    BigDecimal step = step((high - low) / wanted);
    if (whole && step.compareTo(BigDecimal.ONE) < 0) {
      step = BigDecimal.ONE;
    }
    double slack = 1e-9 * (high - low);
    boolean plain = Math.max(Math.abs(low), Math.abs(high)) < 1e7 && step.scale() <= 5;
    List<Tick> ticks = new ArrayList<>();
    BigDecimal value =
        new BigDecimal(low - slack).divide(step, 0, RoundingMode.CEILING).multiply(step);
    for (; value.doubleValue() <= high + slack; value = value.add(step)) {
      double place = scale.place(value.doubleValue());
      if (!Double.isNaN(place)) {
        ticks.add(new Tick(place, plain ? plain(value) : exponential(value)));
      }
    }
    return ticks;
  }

  /** Returns the smallest of 1, 2 and 5 times a power of ten that is not below a number. */
  private static BigDecimal step(double atLeast) {
    int exponent = (int) Math.floor(Math.log10(atLeast));
    for (int mantissa : new int[] {1, 2, 5}) {
      BigDecimal step = BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent);
      if (step.doubleValue() >= atLeast * (1 - 1e-9)) {
        return step;
      }
    }
    return BigDecimal.ONE.scaleByPowerOfTen(exponent + 1);
  }

  private static List<Tick> decades(AxisScale scale, int everyDecade, int[] labelled) {
    List<Tick> ticks = new ArrayList<>();
    for (int decade = (int) Math.floor(scale.low()); decade <= scale.high(); decade++) {
      for (int digit = 1; digit <= 9; digit++) {
        double place = decade + Math.log10(digit);
        if (place < scale.low() - 1e-9 || place > scale.high() + 1e-9) {
          continue;
        }
        boolean hasLabel = Math.floorMod(decade, everyDecade) == 0 && contains(labelled, digit);
        BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(decade);
        ticks.add(new Tick(place, hasLabel ? label(value) : ""));
      }
    }
    return ticks;
  }

  private static boolean contains(int[] digits, int wanted) {
    for (int digit : digits) {
      if (digit == wanted) {
        return true;
      }
    }
    return false;
  }

  private static String label(BigDecimal value) {
    double size = value.doubleValue();
    return size >= 0.0009 && size < 1e5 ? plain(value) : exponential(value);
  }

  private static String plain(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    return minus(String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value));
  }

  private static String exponential(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    String mantissa = stripped.scaleByPowerOfTen(-exponent).toPlainString();
    return minus(mantissa + "e" + exponent);
  }

  private static String minus(String number) {
    return number.replace('-', '\u2212');
  }
}
