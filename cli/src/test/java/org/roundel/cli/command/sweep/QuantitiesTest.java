package org.roundel.cli.command.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Times and amounts of memory as people write them. */
class QuantitiesTest {
  private final DurationConverter durations = new DurationConverter();
  private final SizeConverter sizes = new SizeConverter();

  @ParameterizedTest
  @CsvSource({"90s, 90", "45m, 2700", "6h, 21600", "1h30m, 5400", "2d, 172800", "1d2h3m4s, 93784"})
  void times(String text, long seconds) {
    assertThat(durations.convert(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "6", "h", "0s", "-1h", "1.5h", "30m1h", "6 h", "1234567h", "6H", "10001d"})
  void noTimes(String text) {
    assertThatThrownBy(() -> durations.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage(
            "'" + text + "'; allowed: a time as in 90s, 45m, 6h, 1h30m or 2d, up to 10000d");
  }

  @ParameterizedTest
  @CsvSource({
    "512m, 536870912",
    "8g, 8589934592",
    "8G, 8589934592",
    "1t, 1099511627776",
    "3k, 3072",
    "999999999t, 9223370937343148032"
  })
  void sizes(String text, long bytes) {
    assertThat(sizes.convert(text)).isEqualTo(bytes);
    assertThat(sizes.convert(SizeConverter.text(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "g", "0g", "-1g", "1.5g", "8gb", "1234567890g"})
  void noSizes(String text) {
    assertThatThrownBy(() -> sizes.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "'; allowed: an amount as in 512m or 8g");
  }
}
