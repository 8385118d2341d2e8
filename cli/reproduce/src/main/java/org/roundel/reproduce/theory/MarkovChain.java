package org.roundel.reproduce.theory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.roundel.api.InvalidInputException;

/**
 * A Markov chain on finitely many named states: a matrix P with P(i, j) = the probability of going
 * from state i to state j in one step. Immutable.
 */
public final class MarkovChain {
  /** How far a row's sum may be off 1; rows are divided by their sum. */
  public static final double SUM_TOLERANCE = 1e-6;

  private final List<String> names;
  private final double[] matrix;

  private MarkovChain(List<String> names, double[] matrix) {
    this.names = names;
    this.matrix = matrix;
  }

  /**
   * Makes a chain whose states are called 1, 2, and so on.
   *
   * @throws InvalidInputException as {@link #of(List, double[][])} does
   */
  public static MarkovChain of(double[][] rows) {
    List<String> names = new ArrayList<>();
    for (int state = 1; state <= rows.length; state++) {
      names.add(Integer.toString(state));
    }
    return of(names, rows);
  }

  /**
   * Makes a chain.
   *
   * @param names the states' names, each a different one
   * @param rows as many rows as names, each with as many probabilities; row i is the law of the
   *     state that follows state i. Copied
   * @throws InvalidInputException if the matrix is not square, an entry is negative or not finite,
   *     or a row's sum is off 1 by more than {@link #SUM_TOLERANCE}
   */
  public static MarkovChain of(List<String> names, double[][] rows) {
    int size = rows.length;
    requireNames(names, size);
    double[] matrix = new double[Math.multiplyExact(size, size)];
    for (int row = 0; row < size; row++) {
      if (rows[row].length != size) {
        throw new InvalidInputException(
            row(names, row)
                + " has "
                + rows[row].length
                + " probabilities; allowed: "
                + size
                + ", one per state, because the matrix is square");
      }
      System.arraycopy(rows[row], 0, matrix, row * size, size);
      requireProbabilities(names, rows[row], row);
    }
    SquareMatrix.normalizeRows(matrix, size);
    return new MarkovChain(List.copyOf(names), matrix);
  }

  private static void requireNames(List<String> names, int size) {
    if (size == 0) {
      throw new InvalidInputException("the chain has no states; allowed: at least 1");
    }
    if (names.size() != size) {
      throw new InvalidInputException(
          "the chain has " + names.size() + " names for " + size + " states; give one per state");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new InvalidInputException(
            "two states are called '" + name + "'; give each state a name of its own");
      }
    }
  }

  private static void requireProbabilities(List<String> names, double[] probabilities, int row) {
    double sum = 0;
    for (int column = 0; column < probabilities.length; column++) {
      double probability = probabilities[column];
      if (!(probability >= 0 && probability < Double.POSITIVE_INFINITY)) {
        throw new InvalidInputException(
            row(names, row)
                + " has "
                + probability
                + " as its probability of state "
                + names.get(column)
                + "; allowed: 0 to 1");
      }
      sum += probability;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw new InvalidInputException(
          row(names, row)
              + " sums to "
              + sum
              + "; allowed: 1, give or take "
              + SUM_TOLERANCE
              + ", because the probabilities of all that can follow make 1");
    }
  }

  private static String row(List<String> names, int row) {
    return "row " + (row + 1) + " (state " + names.get(row) + ")";
  }

  /** Returns how many states there are. */
  public int size() {
    return names.size();
  }

  /** Returns the states' names. */
  public List<String> names() {
    return names;
  }

  /** Returns the probability of going from a state to a state in one step. */
  public double probability(int from, int to) {
    return matrix[from * size() + to];
  }

  /** Returns the matrix row by row, a copy. */
  double[] matrix() {
    return matrix.clone();
  }

  /**
   * Returns the chain with every move (every entry off the diagonal) times a factor, and the
   * diagonal making up the rest. With a factor below 1 this is the lazy version of the chain: it
   * has the same stationary law and takes 1/factor as long to mix, roughly.
   *
   * @param factor above 0 and at most {@link #greatestFactor}
   * @throws InvalidInputException if the factor is out of that range
   */
  public MarkovChain scaled(double factor) {
    double greatest = greatestFactor();
    if (!(factor > 0 && factor <= greatest)) {
      throw new InvalidInputException(
          "the moves cannot be scaled by "
              + factor
              + "; allowed: above 0, at most "
              + greatest
              + ", where the state that moves most no longer stays");
    }
    int size = size();
    double[] result = new double[matrix.length];
    for (int row = 0; row < size; row++) {
      double moves = 0;
      for (int column = 0; column < size; column++) {
        if (column != row) {
          double move = factor * probability(row, column);
          result[row * size + column] = move;
          moves += move;
        }
      }
      result[row * size + row] = Math.max(0, 1 - moves);
    }
    return new MarkovChain(names, result);
  }

  /**
   * Returns the greatest factor that {@link #scaled} takes: 1/(1 − the smallest probability of
   * staying); infinite if no state ever moves.
   */
  public double greatestFactor() {
    double mostMoves = 0;
    for (int row = 0; row < size(); row++) {
      double moves = 0;
      for (int column = 0; column < size(); column++) {
        if (column != row) {
          moves += probability(row, column);
        }
      }
      mostMoves = Math.max(mostMoves, moves);
    }
    return mostMoves == 0 ? Double.POSITIVE_INFINITY : 1 / mostMoves;
  }

  /**
   * Returns the stationary law π, the one with πP = π: the share of time the chain spends in each
   * state in the long run.
   *
   * @throws InvalidInputException if there is more than one, because the chain has several closed
   *     classes; the message names their states
   */
  public double[] stationaryLaw() {
    return StationaryLaw.of(this);
  }
}
