package org.roundel.reproduce.theory.convex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.api.InvalidInputException;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;

class ObjectiveTest {
  private static final long SEED = 41;

  static Stream<StochasticObjective> objectives() {
    return Stream.of(
        Quadratic.isotropic(Quadratic.spreadCenter(7), 1),
        new Quadratic(new double[] {0.3, -2, 5}, new double[] {0.1, 1, 7}, 0.5),
        Objectives.regression(SEED, 60, 5, 0.1, 1),
        Objectives.regression(SEED + 1, 40, 8, 0.01, 4));
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void gradientsAreThoseOfTheValues(StochasticObjective objective) {
    double[] point = Objectives.normals(SEED, objective.dimension());
    double[] gradient = new double[objective.dimension()];
    objective.gradient(point, gradient);
    double[] expected = Objectives.centralDifferences(objective, point, 1e-5);
    // h^2 times the third derivative, below 1, and 1e-16 of the value, below 100, over h.
    assertThat(Objectives.distance(gradient, expected)).as("seed %d", SEED).isLessThan(1e-8);
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void randomGradientsAreUnbiased(StochasticObjective objective) {
    int dimension = objective.dimension();
    int count = 200_000;
    double[] point = Objectives.normals(SEED, dimension);
    RandomStream random = new RandomStream(RandomSource.of(SEED, RandomPurpose.MODEL, 0));
    double[] exact = new double[dimension];
    objective.gradient(point, exact);
    double[] gradient = new double[dimension];
    double[] sum = new double[dimension];
    double[] squares = new double[dimension];
    for (int draw = 0; draw < count; draw++) {
      objective.stochasticGradient(point, random, gradient);
      for (int i = 0; i < dimension; i++) {
        double difference = gradient[i] - exact[i];
        sum[i] += difference;
        squares[i] += difference * difference;
      }
    }
    for (int i = 0; i < dimension; i++) {
      // Five standard errors, with the variance that was measured.
      double error = Math.sqrt(squares[i] / count / count);
      assertThat(Math.abs(sum[i] / count)).as("seed %d, %d", SEED, i).isLessThan(5 * error);
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void theMinimizerIsOne(StochasticObjective objective) {
    double[] minimizer = objective.minimizer();
    double[] gradient = new double[objective.dimension()];
    objective.gradient(minimizer, gradient);
    assertThat(Objectives.norm(gradient)).isLessThan(1e-11);
    assertThat(Math.abs(objective.excess(minimizer))).isLessThan(1e-14);

    // Plain gradient descent at 1/L from elsewhere gets to the same point: its distance shrinks
    // by 1 - mu/L a step, here less than 1 - 1/2000, and e^-20 is 2e-9.
    double[] point = Objectives.normals(SEED, objective.dimension());
    for (int step = 0; step < 40_000; step++) {
      objective.gradient(point, gradient);
      for (int i = 0; i < point.length; i++) {
        point[i] -= gradient[i] / objective.smoothness();
      }
    }
    assertThat(Objectives.distance(point, minimizer)).isLessThan(1e-7);
  }

  /** mu and L bound how much the gradient changes between two points. */
  @ParameterizedTest
  @MethodSource("objectives")
  void convexityAndSmoothnessHold(StochasticObjective objective) {
    int dimension = objective.dimension();
    double[] atA = new double[dimension];
    double[] atB = new double[dimension];
    for (int draw = 0; draw < 200; draw++) {
      double[] a = Objectives.normals(SEED + 2L * draw, dimension);
      double[] b = Objectives.normals(SEED + 2L * draw + 1, dimension);
      objective.gradient(a, atA);
      objective.gradient(b, atB);
      double distance = Objectives.distance(a, b);
      double product = 0;
      for (int i = 0; i < dimension; i++) {
        product += (atA[i] - atB[i]) * (a[i] - b[i]);
      }
      assertThat(product)
          .isGreaterThanOrEqualTo(objective.strongConvexity() * distance * distance - 1e-12);
      assertThat(Objectives.distance(atA, atB))
          .isLessThanOrEqualTo(objective.smoothness() * distance + 1e-12);
    }
  }

  /** grad(a + h v) - 2 grad(a) + grad(a - h v) is at most L2 (h |v|)^2. */
  @Test
  void theHessianIsAsSteadyAsSaid() {
    LogisticRegression objective = Objectives.regression(SEED, 60, 5, 0.1, 1);
    double h = 1e-3;
    double largest = 0;
    for (int draw = 0; draw < 500; draw++) {
      double[] point = Objectives.normals(SEED + 2L * draw, 5);
      double[] direction = Objectives.normals(SEED + 2L * draw + 1, 5);
      double[] second = new double[5];
      double[] gradient = new double[5];
      for (int side = -1; side <= 1; side++) {
        double[] moved = point.clone();
        for (int i = 0; i < 5; i++) {
          moved[i] += side * h * direction[i];
        }
        objective.gradient(moved, gradient);
        for (int i = 0; i < 5; i++) {
          second[i] += (side == 0 ? -2 : 1) * gradient[i];
        }
      }
      double length = h * Objectives.norm(direction);
      largest = Math.max(largest, Objectives.norm(second) / (length * length));
    }
    assertThat(largest).isGreaterThan(0).isLessThanOrEqualTo(objective.hessianLipschitz());
  }

  @Test
  void theHessianIsTheGradientsDerivative() {
    LogisticRegression objective = Objectives.regression(SEED, 60, 5, 0.1, 1);
    double[] point = Objectives.normals(SEED, 5);
    double[][] hessian = new double[5][5];
    objective.hessian(point, hessian);
    double[] above = new double[5];
    double[] below = new double[5];
    for (int column = 0; column < 5; column++) {
      double[] moved = point.clone();
      moved[column] += 1e-5;
      objective.gradient(moved, above);
      moved[column] -= 2e-5;
      objective.gradient(moved, below);
      for (int row = column; row < 5; row++) {
        double expected = (above[row] - below[row]) / 2e-5;
        assertThat(Math.abs(hessian[row][column] - expected)).isLessThan(1e-8);
      }
    }
  }

  @Test
  void unusableDataIsRefused() {
    double[][] features = {{1, 2}, {3, Double.NaN}};
    assertThatThrownBy(() -> new LogisticRegression(features, new int[] {1, -1}, 0.1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("example 1 has the feature NaN; allowed: finite numbers");
    features[1][1] = 4;
    assertThatThrownBy(() -> new LogisticRegression(features, new int[] {1, 0}, 0.1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("example 1 has the label 0; allowed: -1 and 1");
    assertThatThrownBy(() -> new LogisticRegression(features, new int[] {1}, 0.1, 1))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new LogisticRegression(features, new int[] {1, -1}, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
