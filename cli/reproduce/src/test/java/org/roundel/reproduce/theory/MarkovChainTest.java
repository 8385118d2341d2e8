package org.roundel.reproduce.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;

class MarkovChainTest {
  /** The example of Li et al. 2017, and the same with every move halved. */
  static final MarkovChain EXAMPLE =
      MarkovChain.of(
          List.of("A", "B", "C"), new double[][] {{.6, .2, .2}, {.4, .2, .4}, {.6, .2, .2}});

  private static final double[][] HALVED = {{.8, .1, .1}, {.2, .6, .2}, {.3, .1, .6}};

  @Test
  void halvingTheMovesOfTheExampleGivesThePapersSecondChain() {
    MarkovChain halved = EXAMPLE.scaled(0.5);
    for (int from = 0; from < 3; from++) {
      for (int to = 0; to < 3; to++) {
        assertThat(halved.probability(from, to)).isCloseTo(HALVED[from][to], within(1e-15));
      }
    }
    assertThat(halved.names()).containsExactly("A", "B", "C");
  }

  @Test
  void bothChainsOfTheExampleHaveThePrintedStationaryLaw() {
    for (MarkovChain chain : List.of(EXAMPLE, EXAMPLE.scaled(0.5), MarkovChain.of(HALVED))) {
      assertThat(chain.stationaryLaw())
          .containsExactly(new double[] {.56, .20, .24}, within(1e-15));
    }
  }

  /** A birth-death chain's law has a closed form: π(i+1)/π(i) = up(i)/down(i+1). */
  @Test
  void stationaryLawOfABirthDeathChainIsAccurateRelativeToItself() {
    int size = 40;
    double[][] rows = new double[size][size];
    double[] expected = new double[size];
    expected[0] = 1;
    double sum = 1;
    for (int state = 0; state < size; state++) {
      double up = state < size - 1 ? 1e-9 * (1 + state % 3) : 0;
      double down = state > 0 ? 0.25 : 0;
      if (state < size - 1) {
        rows[state][state + 1] = up;
        expected[state + 1] = expected[state] * up / 0.25;
        sum += expected[state + 1];
      }
      if (state > 0) {
        rows[state][state - 1] = down;
      }
      rows[state][state] = 1 - up - down;
    }
    double[] law = MarkovChain.of(rows).stationaryLaw();
    for (int state = 0; state < size; state++) {
      // The last is near 1e-330 of the first: below the smallest normal double there is no
      // accuracy.
      if (expected[state] > 1e-300) {
        // Each ratio is rounded a few times, so at most a few hundred units of the last place.
        assertThat(law[state] / (expected[state] / sum)).isCloseTo(1, within(1e-13));
      }
    }
  }

  /** As above the other way round: the first state is the rarest, at 1e-342. */
  @Test
  void stationaryLawHoldsWhereTheFirstStateIsTheRarest() {
    int size = 40;
    double[][] rows = new double[size][size];
    for (int state = 0; state < size; state++) {
      rows[state][Math.min(size - 1, state + 1)] += 0.5;
      rows[state][Math.max(0, state - 1)] += 1e-9;
      rows[state][state] += 0.5 - 1e-9;
    }
    double[] law = MarkovChain.of(rows).stationaryLaw();
    assertThat(law[size - 1]).isCloseTo(1, within(1e-8));
    assertThat(law[size - 2] / law[size - 1]).isCloseTo(2e-9, within(1e-20));
    assertThat(law[0]).isBetween(0.0, 1e-300);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void stationaryLawIsStationary(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 30;
    double[][] rows = new double[size][size];
    for (double[] row : rows) {
      double sum = 0;
      for (int to = 0; to < size; to++) {
        row[to] = random.nextDouble() < 0.2 ? random.nextDouble() : 0;
        sum += row[to];
      }
      row[0] += 1e-3;
      for (int to = 0; to < size; to++) {
        row[to] /= sum + 1e-3;
      }
    }
    MarkovChain chain = MarkovChain.of(rows);
    double[] law = chain.stationaryLaw();
    double[] next = SquareMatrix.product(law, chain.matrix(), size);
    assertThat(next).as("seed %d", seed).containsExactly(law, within(1e-15));
  }

  @Test
  void transientStatesHaveNoShare() {
    MarkovChain chain = MarkovChain.of(new double[][] {{.5, .5, 0}, {0, .25, .75}, {0, .25, .75}});
    assertThat(chain.stationaryLaw()).containsExactly(new double[] {0, .25, .75}, within(1e-15));
  }

  @Test
  void severalClosedClassesAreNamed() {
    MarkovChain chain =
        MarkovChain.of(
            List.of("left", "middle", "right", "far"),
            new double[][] {{1, 0, 0, 0}, {.5, 0, .5, 0}, {0, 0, .5, .5}, {0, 0, .5, .5}});
    assertThatThrownBy(chain::stationaryLaw)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("never leaves {left} or {right, far} once it is there");
  }

  @Test
  void rowsAreDividedByTheirSum() {
    MarkovChain chain = MarkovChain.of(new double[][] {{.3333333, .6666666}, {.3333333, .6666666}});
    assertThat(chain.probability(0, 0) + chain.probability(0, 1)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoMatrixOfProbabilities() {
    refused("row 2 (state 2) has 1 probabilities; allowed: 2", new double[][] {{.5, .5}, {1}});
    refused("row 2 (state 2) sums to 0.9; allowed: 1", new double[][] {{.5, .5}, {.5, .4}});
    refused("row 1 (state 1) has -0.5", new double[][] {{-.5, 1.5}, {.5, .5}});
    refused("row 1 (state 1) has NaN", new double[][] {{Double.NaN, 1}, {.5, .5}});
    refused("row 1 (state 1) has Infinity", new double[][] {{1 / 0.0, 0}, {.5, .5}});
    refused("no states", new double[][] {});
    assertThatThrownBy(() -> MarkovChain.of(List.of("A", "A"), new double[][] {{1, 0}, {0, 1}}))
        .hasMessageContaining("two states are called 'A'");
  }

  private static void refused(String message, double[][] rows) {
    assertThatThrownBy(() -> MarkovChain.of(rows))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesFactorsThatLeaveNegativeProbabilities() {
    // B stays with 0.2, so 1/(1 − 0.2) is the limit.
    assertThat(EXAMPLE.greatestFactor()).isCloseTo(1.25, within(1e-15));
    assertThat(EXAMPLE.scaled(1.25).probability(1, 1)).isCloseTo(0, within(1e-15));
    for (double factor : new double[] {0, -1, 1.26, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> EXAMPLE.scaled(factor))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cannot be scaled by " + factor)
          .hasMessageContaining("at most 1.25");
    }
  }
}
