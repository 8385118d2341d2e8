package org.roundel.reproduce.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.roundel.report.Verdict;

class SampleTest {
  /** Student's sleep data, as in R's {@code datasets::sleep}. */
  private static final Sample FIRST =
      new Sample(new double[] {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0});

  private static final Sample SECOND =
      new Sample(new double[] {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4});

  @Test
  void welchsTestAgreesWithR() {
    // R: t.test(extra ~ group, data = sleep) prints t = -1.8608, df = 17.776, p-value = 0.07939,
    // means 0.75 and 2.33; one-sided it is half of that.
    assertThat(FIRST.mean()).isCloseTo(0.75, within(1e-12));
    assertThat(SECOND.mean()).isCloseTo(2.33, within(1e-12));
    assertThat(1.58 / FIRST.differenceError(SECOND)).isCloseTo(1.8608, within(5e-5));
    assertThat(FIRST.chanceOfLess(SECOND)).isCloseTo(0.07939 / 2, within(5e-6));
    assertThat(SECOND.chanceOfLess(FIRST)).isCloseTo(1 - 0.07939 / 2, within(5e-6));
  }

  @Test
  void describesItsValues() {
    Sample sample = new Sample(new double[] {3, 1, 2});
    assertThat(sample.minimum()).isEqualTo(1);
    assertThat(sample.maximum()).isEqualTo(3);
    assertThat(sample.variance()).isEqualTo(1);
    assertThat(Percent.of(sample)).isEqualTo("2.00 ± 1.00");
    assertThat(Percent.of(new Sample(new double[] {4}))).isEqualTo("4.00");
    assertThat(Percent.of(new Sample(new double[0]))).isEqualTo("-");
  }

  @Test
  void judgesAnOrder() {
    Sample low = new Sample(new double[] {10, 11, 12});
    Sample high = new Sample(new double[] {20, 21, 22});
    Sample between = new Sample(new double[] {10.5, 11, 12.5});
    assertThat(WelchTest.below("it is", low, high).verdict()).isEqualTo(Verdict.HOLDS);
    assertThat(WelchTest.below("it is", high, low).verdict()).isEqualTo(Verdict.FAILS);
    assertThat(WelchTest.below("it is", low, between).verdict()).isEqualTo(Verdict.UNCLEAR);
    // Variances 1 and 1 over 3 values each.
    assertThat(WelchTest.below("it is", low, high).evidence()).startsWith("+10.00 ± 0.82 points");
    Sample one = new Sample(new double[] {10});
    assertThat(WelchTest.below("it is", one, high).verdict()).isEqualTo(Verdict.UNCLEAR);
    assertThat(WelchTest.below("it is", new Sample(new double[0]), high).evidence())
        .isEqualTo("not trained yet");
    Sample equal = new Sample(new double[] {5, 5});
    assertThat(WelchTest.below("it is", equal, new Sample(new double[] {6, 6})).verdict())
        .isEqualTo(Verdict.HOLDS);
    assertThat(WelchTest.below("it is", equal, equal).verdict()).isEqualTo(Verdict.UNCLEAR);
  }
}
