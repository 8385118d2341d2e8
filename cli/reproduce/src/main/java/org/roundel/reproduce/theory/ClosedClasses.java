package org.roundel.reproduce.theory;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The closed classes of a chain: sets of states that reach each other and nothing else. A chain has
 * one stationary law for each, and mixtures of them.
 */
final class ClosedClasses {
  /** Moves rarer than this count as none: their products would be lost in rounding to 0. */
  static final double NEGLIGIBLE = 1e-200;

  private ClosedClasses() {}

  /** Returns the closed classes in the order of their first states; there is at least one. */
  static List<BitSet> of(MarkovChain chain) {
    int size = chain.size();
    BitSet[] next = new BitSet[size];
    for (int from = 0; from < size; from++) {
      next[from] = new BitSet(size);
      for (int to = 0; to < size; to++) {
        if (chain.probability(from, to) >= NEGLIGIBLE) {
          next[from].set(to);
        }
      }
    }
    List<BitSet> classes = new ArrayList<>();
    BitSet settled = new BitSet(size);
    for (int state = 0; state < size; state++) {
      if (!settled.get(state)) {
        BitSet reached = reached(state, next);
        if (allReturn(state, reached, next, settled)) {
          classes.add(reached);
          settled.or(reached);
        }
      }
    }
    return classes;
  }

  private static boolean allReturn(int state, BitSet reached, BitSet[] next, BitSet settled) {
    if (reached.intersects(settled)) {
      return false;
    }
    for (int other = reached.nextSetBit(0); other >= 0; other = reached.nextSetBit(other + 1)) {
      if (other != state && !reached(other, next).get(state)) {
        return false;
      }
    }
    return true;
  }

  private static BitSet reached(int start, BitSet[] next) {
    BitSet reached = new BitSet(next.length);
    BitSet waiting = new BitSet(next.length);
    waiting.set(start);
    reached.set(start);
    for (int state = start; state >= 0; state = waiting.nextSetBit(0)) {
      waiting.clear(state);
      BitSet fresh = (BitSet) next[state].clone();
      fresh.andNot(reached);
      reached.or(fresh);
      waiting.or(fresh);
    }
    return reached;
  }
}
