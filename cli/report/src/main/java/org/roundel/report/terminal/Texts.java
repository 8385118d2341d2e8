package org.roundel.report.terminal;

import java.util.Locale;

/** Numbers as people read them; the same in every locale. */
public final class Texts {
  private Texts() {}

  /** Returns a count with a comma after every three digits: {@code 1,234,567}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Returns how many of something there are: {@code 1 file}, {@code 1,234 files}. */
  public static String of(long count, String thing) {
    return count(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /** Returns a share in [0, 1] in percent: {@code 12.34 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }

  /** Returns a loss with four decimals, or with an exponent where that says nothing. */
  public static String loss(double loss) {
    return String.format(Locale.ROOT, loss < 10_000 ? "%.4f" : "%.2e", loss);
  }

  /**
   * Returns a learning rate with three significant digits or more: {@code 0.01}, {@code 3.13e-05}.
   */
  public static String rate(double rate) {
    if (rate != 0 && Math.abs(rate) < 0.001) {
      return String.format(Locale.ROOT, "%.2e", rate).replaceFirst("\\.?0*e", "e");
    }
    return String.format(Locale.ROOT, "%.4f", rate).replaceFirst("\\.?0+$", "");
  }

  /** Returns a speed: three digits or more, {@code 9.87}, {@code 98.7}, {@code 1,234}. */
  public static String speed(double perSecond) {
    if (!Double.isFinite(perSecond)) {
      return "-";
    }
    if (perSecond < 9.995) {
      return String.format(Locale.ROOT, "%.2f", perSecond);
    }
    return String.format(Locale.ROOT, perSecond < 99.95 ? "%.1f" : "%,.0f", perSecond);
  }

  /** Returns a time in hours, minutes and seconds: {@code 7.3 s}, {@code 0:42}, {@code 1:02:03}. */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "-";
    }
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    long hours = whole / 3600;
    long minutes = whole / 60 % 60;
    if (hours == 0) {
      return String.format(Locale.ROOT, "%d:%02d", minutes, whole % 60);
    }
    return String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60);
  }

  /**
   * Returns a time that is foretold, no finer than it can be: {@code 42 s}, {@code 12:03}, {@code
   * 3.4 h}, {@code 17 h}.
   */
  public static String timeLeft(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "-";
    }
    if (seconds < 59.5) {
      return Math.round(seconds) + " s";
    }
    if (seconds < 3599.5) {
      return duration(seconds);
    }
    return String.format(Locale.ROOT, seconds < 35_820 ? "%.1f h" : "%.0f h", seconds / 3600);
  }

  /** Returns a number of bytes in the decimal unit that fits: {@code 170.5 MB}. */
  public static String bytes(long bytes) {
    String[] units = {"kB", "MB", "GB", "TB"};
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.95 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
