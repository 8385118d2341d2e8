package org.roundel.report.chart;

/**
 * The colors of the charts, by their number.
 *
 * <p>They are those of Okabe and Ito (2008, "Color universal design"), which people with any of the
 * common color deficiencies tell apart. Each also has a marker of its own, so that color is never
 * the only sign. The two blues are lighter on a dark page.
 */
public final class Palette {
  /** Full precision: black, or white on a dark page. */
  public static final int ADAM = 0;

  /** Blue. */
  public static final int BINARY_CONNECT = 1;

  /** Vermilion. */
  public static final int BIG_STOCHASTIC_ROUNDING = 2;

  /** Orange. */
  public static final int STOCHASTIC_ROUNDING = 3;

  /** Bluish green. */
  public static final int DETERMINISTIC_ROUNDING = 4;

  /** A law, a bound or what was reported elsewhere: grey. */
  public static final int REFERENCE = 5;

  /** Reddish purple; no method's. */
  public static final int PURPLE = 6;

  /** Sky blue; no method's. */
  public static final int SKY = 7;

  /** How many there are. */
  public static final int SIZE = 8;

  private Palette() {}

  /** Returns a color for the n-th of several things that have none of their own; from 0, any n. */
  public static int of(int n) {
    int[] order = {BINARY_CONNECT, BIG_STOCHASTIC_ROUNDING, DETERMINISTIC_ROUNDING, PURPLE};
    int[] then = {STOCHASTIC_ROUNDING, SKY, ADAM, REFERENCE};
    int place = Math.floorMod(n, SIZE);
    return place < order.length ? order[place] : then[place - order.length];
  }

  static void check(int color) {
    if (color < 0 || color >= SIZE) {
      throw new IllegalArgumentException("Color " + color + "; there are 0 to " + (SIZE - 1));
    }
  }
}
