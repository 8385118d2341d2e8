package org.roundel.reproduce.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;

class MixingTest {
  private static final int[] ALL = {0, 1, 2};

  /** The printed digits .16, 0, 0, 0, each to half a unit of its last place. */
  @Test
  void exampleForgetsItsStartInTwoSteps() {
    double[] distances = new Mixing(MarkovChainTest.EXAMPLE).distances(ALL, 5, 1);
    assertThat(distances[1]).isCloseTo(.16, within(1e-15));
    // Two rows are equal and all go to the law at once: rounding is all that is left.
    assertThat(distances).endsWith(new double[] {0, 0, 0}, within(1e-15));
  }

  /** The printed digits .40, .22, .13, .075, each to half a unit of its last place. */
  @Test
  void exampleWithHalvedMovesForgetsMoreSlowly() {
    double[] distances = new Mixing(MarkovChainTest.EXAMPLE.scaled(0.5)).distances(ALL, 5, 1);
    assertThat(distances[1]).isCloseTo(.40, within(.005));
    assertThat(distances[2]).isCloseTo(.22, within(.005));
    assertThat(distances[3]).isCloseTo(.13, within(.005));
    assertThat(distances[4]).isCloseTo(.075, within(.0005));
  }

  /** The second-largest eigenvalue of two states is 1 − a − b, so all is known in closed form. */
  @Test
  void twoStatesForgetByTheirSecondEigenvalue() {
    double up = 1e-5;
    double down = 3e-5;
    Mixing mixing = new Mixing(MarkovChain.of(new double[][] {{1 - up, up}, {down, 1 - down}}));
    assertThat(mixing.stationaryLaw()).containsExactly(new double[] {.75, .25}, within(1e-15));
    // Worst start: the rarer state, at distance 0.75·(1 − up − down)^t.
    long expected = (long) Math.ceil(Math.log(0.05 / 0.75) / Math.log1p(-up - down));
    assertThat(mixing.time(0.05, new int[] {0, 1})).hasValue(expected);
    long fromTheFirst = (long) Math.ceil(Math.log(0.05 / 0.25) / Math.log1p(-up - down));
    assertThat(mixing.time(0.05, new int[] {0})).hasValue(fromTheFirst);
    // 12,345 steps in rounded arithmetic: each costs at most about one unit of the last place.
    assertThat(mixing.distance(new int[] {1}, 12_345))
        .isCloseTo(0.75 * Math.pow(1 - up - down, 12_345), within(12_345 * 0x1p-52));
  }

  @Test
  void mixingTimeIsTheFirstStepThatIsNearEnough() {
    Mixing mixing = new Mixing(MarkovChainTest.EXAMPLE.scaled(0.05));
    double[] distances = mixing.distances(ALL, 201, 1);
    for (double epsilon : new double[] {.3, .1, .05, .01, .001}) {
      int first = 0;
      while (distances[first] > epsilon) {
        first++;
      }
      assertThat(mixing.time(epsilon, ALL)).hasValue(first);
      assertThat(mixing.distance(ALL, first)).isCloseTo(distances[first], within(1e-14));
    }
    assertThat(mixing.time(0.9, ALL)).hasValue(0);
    double[] everySeventh = mixing.distances(ALL, 20, 7);
    for (int point = 0; point < 20; point++) {
      assertThat(everySeventh[point]).isCloseTo(distances[7 * point], within(1e-14));
    }
  }

  @Test
  void distanceReachedExactlyCounts() {
    assertThat(new Mixing(MarkovChainTest.EXAMPLE).time(.16, ALL)).hasValue(1);
  }

  @Test
  void periodicChainNeverMixes() {
    Mixing mixing = new Mixing(MarkovChain.of(new double[][] {{0, 1}, {1, 0}}));
    assertThat(mixing.time(0.05, new int[] {0, 1})).isEmpty();
  }

  @Test
  void refusesDistancesThatAreNone() {
    Mixing mixing = new Mixing(MarkovChainTest.EXAMPLE);
    for (double epsilon : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> mixing.time(epsilon, ALL))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(epsilon + "; allowed: above 0 and below 1");
    }
    assertThatThrownBy(() -> mixing.time(.05, new int[0])).hasMessageContaining("no starts");
    assertThatThrownBy(() -> mixing.time(.05, new int[] {3})).hasMessageContaining("0 to 2");
  }
}
