package org.roundel.reproduce.experiment;

import java.util.Locale;
import java.util.OptionalLong;
import org.roundel.report.terminal.Texts;

/** Numbers as the theory's tables show them; the same in every locale. */
public final class Numbers {
  /** What is below this in a distance between two laws is rounding. */
  public static final double LEAST_DISTANCE = 1e-12;

  private Numbers() {}

  /** Returns a number with four decimals, or with an exponent where those say little. */
  public static String of(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double magnitude = Math.abs(value);
    if (magnitude != 0 && (magnitude < 1e-3 || magnitude >= 1e5)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Returns a number in three digits. */
  public static String threeDigits(double value) {
    double magnitude = Math.abs(value);
    if (value != 0 && (magnitude < 0.001 || magnitude >= 10_000)) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    int digits = 4;
    if (magnitude >= 100) {
      digits = 0;
    } else if (magnitude >= 10) {
      digits = 1;
    } else if (magnitude >= 1) {
      digits = 2;
    }
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** Returns a distance between laws. */
  public static String distance(double distance) {
    return distance < LEAST_DISTANCE ? "< 1e-12" : of(distance);
  }

  /** Returns a mean and its standard error. */
  public static String of(Estimate estimate) {
    return Double.isNaN(estimate.error())
        ? of(estimate.mean())
        : of(estimate.mean()) + " ± " + of(estimate.error());
  }

  /** Returns a rate or factor without zeros at its end. */
  public static String plain(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Returns a mixing time. */
  public static String steps(OptionalLong steps) {
    return steps.isPresent() ? Texts.count(steps.getAsLong()) : "never";
  }
}
