package org.roundel.reproduce.theory;

import java.util.List;
import org.roundel.api.InvalidInputException;

/**
 * A function of one weight made of parabolas: between two breakpoints it is a·(w − c)² + b. It may
 * jump at a breakpoint, where the piece to the right counts. Immutable.
 */
public final class PiecewiseQuadratic {
  /** The most pieces a function may have. */
  public static final int MOST_PIECES = 100;

  private static final double LARGEST = 1e6;
  private static final double SMALLEST_CURVATURE = 1e-6;

  private static final PiecewiseQuadratic PAPER =
      new PiecewiseQuadratic(
          List.of(new Piece(1, 0, 2), new Piece(1, 2.5, 0.75), new Piece(1, 4.75, 0.19)),
          new double[] {1, 3.5});

  /**
   * One parabola a·(w − c)² + b.
   *
   * @param curvature a, half the second derivative
   * @param centre c
   * @param offset b
   */
  public record Piece(double curvature, double centre, double offset) {
    double value(double w) {
      return curvature * (w - centre) * (w - centre) + offset;
    }

    double derivative(double w) {
      return 2 * curvature * (w - centre);
    }
  }

  private final List<Piece> pieces;
  private final double[] breaks;

  private PiecewiseQuadratic(List<Piece> pieces, double[] breaks) {
    this.pieces = List.copyOf(pieces);
    this.breaks = breaks;
  }

  /**
   * Returns the toy problem of Li et al. 2017, as we recall the paper: w² + 2 below 1, (w − 2.5)² +
   * 0.75 below 3.5, (w − 4.75)² + 0.19 from there on. Three minima, the lowest at 4.75.
   */
  public static PiecewiseQuadratic paper() {
    return PAPER;
  }

  /**
   * Makes a function.
   *
   * @param pieces from left to right; every number at most a million in magnitude, and the
   *     curvatures of the first and the last at least 10^−6, so that the function grows on both
   *     sides
   * @param breaks where one piece ends and the next begins: one less than pieces, ascending
   * @throws InvalidInputException if one of these does not hold
   */
  public static PiecewiseQuadratic of(List<Piece> pieces, double... breaks) {
    if (pieces.isEmpty() || pieces.size() > MOST_PIECES) {
      throw new InvalidInputException(
          "the objective has " + pieces.size() + " pieces; allowed: 1 to " + MOST_PIECES);
    }
    if (breaks.length != pieces.size() - 1) {
      throw new InvalidInputException(
          "the objective has "
              + breaks.length
              + " breakpoints for "
              + pieces.size()
              + " pieces; allowed: one less than pieces");
    }
    for (Piece piece : pieces) {
      requireNumber("curvature", piece.curvature());
      requireNumber("centre", piece.centre());
      requireNumber("offset", piece.offset());
    }
    for (int index = 0; index < breaks.length; index++) {
      requireNumber("breakpoint", breaks[index]);
      if (index > 0 && breaks[index] <= breaks[index - 1]) {
        throw new InvalidInputException(
            "the objective's breakpoint "
                + breaks[index]
                + " follows "
                + breaks[index - 1]
                + "; allowed: each greater than the one before");
      }
    }
    requireGrowth("first", pieces.get(0));
    requireGrowth("last", pieces.get(pieces.size() - 1));
    return new PiecewiseQuadratic(pieces, breaks.clone());
  }

  /**
   * Reads a function written as {@code "w^2+2 if w<1; (w-2.5)^2+0.75 if w<3.5; (w-4.75)^2+0.19"}:
   * pieces from left to right, apart by semicolons, each {@code a*(w-c)^2+b} followed by {@code if
   * w<LIMIT}, and the last one without. {@code a*}, {@code c} and {@code b} may be left out, and
   * blanks do not matter.
   *
   * @throws InvalidInputException if the text is no such function; the message quotes the piece at
   *     fault
   */
  public static PiecewiseQuadratic parse(String text) {
    return ObjectiveParser.parse(text);
  }

  private static void requireNumber(String name, double value) {
    if (!(Math.abs(value) <= LARGEST)) {
      throw new InvalidInputException(
          "the objective has the " + name + " " + value + "; allowed: -1e6 to 1e6");
    }
  }

  private static void requireGrowth(String which, Piece piece) {
    if (!(piece.curvature() >= SMALLEST_CURVATURE)) {
      throw new InvalidInputException(
          "the objective's "
              + which
              + " piece has the curvature "
              + piece.curvature()
              + "; allowed: at least "
              + SMALLEST_CURVATURE
              + ", or the weight would run away to that side");
    }
  }

  /** Returns the pieces from left to right. */
  public List<Piece> pieces() {
    return pieces;
  }

  /** Returns the breakpoints from left to right, a copy. */
  public double[] breaks() {
    return breaks.clone();
  }

  /** Returns f(w). */
  public double value(double w) {
    return piece(w).value(w);
  }

  /** Returns f′(w); at a breakpoint, the derivative from the right. */
  public double derivative(double w) {
    return piece(w).derivative(w);
  }

  private Piece piece(double w) {
    int index = 0;
    while (index < breaks.length && w >= breaks[index]) {
      index++;
    }
    return pieces.get(index);
  }

  /** Returns where f is least; the leftmost such place, if there are several. */
  public double minimizer() {
    double best = pieces.get(0).centre();
    double least = Double.POSITIVE_INFINITY;
    for (int index = 0; index < pieces.size(); index++) {
      double low = index == 0 ? Double.NEGATIVE_INFINITY : breaks[index - 1];
      double high = index == breaks.length ? Double.POSITIVE_INFINITY : breaks[index];
      Piece piece = pieces.get(index);
      // Inside a piece that bends upwards the centre is lowest, else one of its ends.
      double inside = Math.min(Math.max(piece.centre(), low), high);
      for (double candidate : new double[] {low, inside, high}) {
        if (Double.isFinite(candidate) && piece.value(candidate) < least) {
          least = piece.value(candidate);
          best = candidate;
        }
      }
    }
    return best;
  }

  /** Returns the function as {@link #parse} reads it. */
  @Override
  public String toString() {
    return ObjectiveParser.format(this);
  }
}
