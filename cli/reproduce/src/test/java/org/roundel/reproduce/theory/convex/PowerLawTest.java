package org.roundel.reproduce.theory.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.roundel.api.InvalidInputException;

class PowerLawTest {
  @Test
  void findsAnExactLaw() {
    double[][] x = {{1, 2}, {2, 1}, {4, 5}, {8, 3}, {3, 3}};
    double[] y = new double[x.length];
    for (int row = 0; row < x.length; row++) {
      y[row] = 3 * Math.pow(x[row][0], 1.5) / Math.sqrt(x[row][1]);
    }
    PowerLaw law = PowerLaw.fit(x, y);
    assertThat(law.exponents()[0]).isCloseTo(1.5, within(1e-12));
    assertThat(law.exponents()[1]).isCloseTo(-0.5, within(1e-12));
    assertThat(Math.exp(law.logFactor())).isCloseTo(3, within(1e-11));
    for (double error : law.standardErrors()) {
      assertThat(error).isLessThan(1e-12);
    }
  }

  /** The textbook formulas for one column: logs 0, 1, 2 against 0, 2, 1. */
  @Test
  void givesTheStandardErrorOfARegression() {
    double e = Math.E;
    PowerLaw law = PowerLaw.fit(new double[][] {{1}, {e}, {e * e}}, new double[] {1, e * e, e});
    // Slope Sxy/Sxx = 1/2; residuals -1/2, 1, -1/2: s² = 1.5/1, error sqrt(1.5/2).
    assertThat(law.exponents()[0]).isCloseTo(0.5, within(1e-12));
    assertThat(law.standardErrors()[0]).isCloseTo(Math.sqrt(0.75), within(1e-12));
    assertThat(law.logFactor()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    assertThatThrownBy(() -> PowerLaw.fit(new double[][] {{1}, {2}}, new double[] {1, 2}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2 rows more");
    double[] y = {1, 2, 3};
    assertThatThrownBy(() -> PowerLaw.fit(new double[][] {{2}, {2}, {2}}, y))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("columns that vary");
    assertThatThrownBy(() -> PowerLaw.fit(new double[][] {{1}, {2}, {0}}, y))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("greater than 0");
  }
}
