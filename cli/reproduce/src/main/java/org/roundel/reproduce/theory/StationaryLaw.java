package org.roundel.reproduce.theory;

import java.util.BitSet;
import java.util.List;
import org.roundel.api.InvalidInputException;

/**
 * Stationary laws by the elimination of Grassmann, Taksar and Heyman: states are taken out one by
 * one, each replaced by what the others do by way of it, then put back. Nothing is subtracted, so
 * each probability is accurate relative to itself, however small.
 *
 * <p>Source: Winfried Grassmann, Michael Taksar, Daniel Heyman, <em>Regenerative Analysis and
 * Steady State Distributions for Markov Chains</em>, Operations Research 33 (1985).
 */
final class StationaryLaw {
  private static final int MOST_STATES_NAMED = 8;

  /** The first state may be so rare that the others' shares, in units of its own, overflow. */
  private static final double RESCALED_ABOVE = 1e80;

  private StationaryLaw() {}

  static double[] of(MarkovChain chain) {
    List<BitSet> classes = ClosedClasses.of(chain);
    if (classes.size() > 1) {
      throw new InvalidInputException(
          "the chain has no single stationary law: it never leaves "
              + describe(chain, classes)
              + " once it is there. Give a chain that can come from each state to one and the same"
              + " set of states.");
    }
    int[] states = classes.get(0).stream().toArray();
    double[] law = new double[chain.size()];
    double[] inside = eliminate(chain, states);
    for (int index = 0; index < states.length; index++) {
      law[states[index]] = inside[index];
    }
    return law;
  }

  private static double[] eliminate(MarkovChain chain, int[] states) {
    int size = states.length;
    double[][] moves = new double[size][size];
    for (int from = 0; from < size; from++) {
      for (int to = 0; to < size; to++) {
        double move = chain.probability(states[from], states[to]);
        moves[from][to] = move >= ClosedClasses.NEGLIGIBLE ? move : 0;
      }
    }
    for (int last = size - 1; last > 0; last--) {
      double leaving = 0;
      for (int to = 0; to < last; to++) {
        leaving += moves[last][to];
      }
      for (int from = 0; from < last; from++) {
        double share = moves[from][last] / leaving;
        moves[from][last] = share;
        if (share != 0) {
          for (int to = 0; to < last; to++) {
            moves[from][to] += share * moves[last][to];
          }
        }
      }
    }
    return putBack(moves);
  }

  private static double[] putBack(double[][] moves) {
    double[] law = new double[moves.length];
    law[0] = 1;
    double sum = 1;
    for (int state = 1; state < law.length; state++) {
      for (int from = 0; from < state; from++) {
        law[state] += law[from] * moves[from][state];
      }
      sum += law[state];
      if (sum > RESCALED_ABOVE) {
        divide(law, sum);
        sum = 1;
      }
    }
    divide(law, sum);
    return law;
  }

  private static void divide(double[] law, double sum) {
    if (!(sum < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "the chain's stationary law cannot be computed: its probabilities differ by more than"
              + " numbers in double precision can hold");
    }
    for (int state = 0; state < law.length; state++) {
      law[state] /= sum;
    }
  }

  private static String describe(MarkovChain chain, List<BitSet> classes) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < classes.size() && index < MOST_STATES_NAMED; index++) {
      text.append(index == 0 ? "" : " or ").append('{').append(names(chain, classes.get(index)));
      text.append('}');
    }
    if (classes.size() > MOST_STATES_NAMED) {
      text.append(" or ").append(classes.size() - MOST_STATES_NAMED).append(" other sets");
    }
    return text.toString();
  }

  private static String names(MarkovChain chain, BitSet states) {
    StringBuilder text = new StringBuilder();
    int named = 0;
    for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
      if (named == MOST_STATES_NAMED) {
        return text.append(", and ")
            .append(states.cardinality() - named)
            .append(" more")
            .toString();
      }
      text.append(named == 0 ? "" : ", ").append(chain.names().get(state));
      named++;
    }
    return text.toString();
  }
}
