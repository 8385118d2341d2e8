package org.roundel.report.chart.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0       | 100      | 0 20 40 60 80 100",
        "0.9     | 3.1      | 1.0 1.5 2.0 2.5 3.0",
        "-1.2    | 1.1      | −1.0 −0.5 0 0.5 1.0",
        "0.0612  | 0.0688   | 0.062 0.064 0.066 0.068",
        "0       | 25000    | 0 5,000 10,000 15,000 20,000 25,000",
        "0       | 0.00003  | 0 5e−6 1e−5 1.5e−5 2e−5 2.5e−5 3e−5",
        "0       | 3e9      | 0 5e8 1e9 1.5e9 2e9 2.5e9 3e9",
      })
  void choosesRoundNumbers(double low, double high, String expected) {
    assertThat(labels(new AxisScale(false, low, high))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e-5   | 1       | 1e−5 1e−4 0.001 0.01 0.1 1",
        "1e-20  | 1       | 1e−20 1e−16 1e−12 1e−8 1e−4 1",
        "0.5    | 40      | 0.5 1 2 5 10 20",
        "0.036  | 0.062   | 0.040 0.045 0.050 0.055 0.060",
        "800    | 300000  | 1,000 10,000 1e5",
      })
  void labelsDecadesOrWhatIsBetween(double low, double high, String expected) {
    assertThat(labels(new AxisScale(true, Math.log10(low), Math.log10(high)))).isEqualTo(expected);
  }

  private static String labels(AxisScale scale) {
    List<String> labels =
        Ticks.of(scale, 6, false).stream().map(Tick::label).filter(s -> !s.isEmpty()).toList();
    return String.join(" ", labels);
  }
}
