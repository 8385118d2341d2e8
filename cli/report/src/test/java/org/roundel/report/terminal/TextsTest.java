package org.roundel.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TextsTest {
  @Test
  void writesNumbersAsPeopleReadThem() {
    assertThat(Texts.count(0)).isEqualTo("0");
    assertThat(Texts.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Texts.percent(0)).isEqualTo("0.00 %");
    assertThat(Texts.percent(0.12345)).isEqualTo("12.35 %");
    assertThat(Texts.percent(1)).isEqualTo("100.00 %");
    assertThat(Texts.loss(0.53214)).isEqualTo("0.5321");
    assertThat(Texts.loss(123_456)).isEqualTo("1.23e+05");
    assertThat(Texts.rate(0.01)).isEqualTo("0.01");
    assertThat(Texts.rate(1)).isEqualTo("1");
    assertThat(Texts.rate(10)).isEqualTo("10");
    assertThat(Texts.rate(0)).isEqualTo("0");
    assertThat(Texts.rate(1e-4)).isEqualTo("1e-04");
    assertThat(Texts.rate(3.125e-5)).isEqualTo("3.13e-05");
    assertThat(Texts.speed(9.871)).isEqualTo("9.87");
    assertThat(Texts.speed(98.71)).isEqualTo("98.7");
    assertThat(Texts.speed(1234.5)).isEqualTo("1,235");
    assertThat(Texts.speed(Double.POSITIVE_INFINITY)).isEqualTo("-");
    assertThat(Texts.duration(7.34)).isEqualTo("7.3 s");
    assertThat(Texts.duration(9.97)).isEqualTo("0:10");
    assertThat(Texts.duration(59.9)).isEqualTo("1:00");
    assertThat(Texts.duration(3723)).isEqualTo("1:02:03");
    assertThat(Texts.duration(Double.NaN)).isEqualTo("-");
    assertThat(Texts.bytes(999)).isEqualTo("999 B");
    assertThat(Texts.bytes(999_999)).isEqualTo("1.0 MB");
    assertThat(Texts.bytes(170_498_071)).isEqualTo("170.5 MB");
    assertThat(Texts.bytes(Long.MAX_VALUE)).isEqualTo("9223372.0 TB");
  }

  @Test
  void foretellsNoFinerThanCanBeKnown() {
    assertThat(Texts.timeLeft(0.4)).isEqualTo("0 s");
    assertThat(Texts.timeLeft(59.4)).isEqualTo("59 s");
    assertThat(Texts.timeLeft(59.5)).isEqualTo("1:00");
    assertThat(Texts.timeLeft(3599.4)).isEqualTo("59:59");
    assertThat(Texts.timeLeft(3600)).isEqualTo("1.0 h");
    assertThat(Texts.timeLeft(35_819)).isEqualTo("9.9 h");
    assertThat(Texts.timeLeft(35_820)).isEqualTo("10 h");
    assertThat(Texts.timeLeft(360_000)).isEqualTo("100 h");
    assertThat(Texts.timeLeft(Double.POSITIVE_INFINITY)).isEqualTo("-");
  }

  @Test
  void colorsOnlyWhereColorsAreWanted() {
    assertThat(new Paint(true).good("1 %")).isEqualTo("\u001b[32m1 %\u001b[0m");
    assertThat(new Paint(true).bad("")).isEmpty();
    assertThat(Paint.NONE.good("1 %")).isEqualTo("1 %");
    assertThat(Terminal.wantsColors(null, "xterm")).isTrue();
    assertThat(Terminal.wantsColors("", null)).isTrue();
    assertThat(Terminal.wantsColors("0", "xterm")).isFalse();
    assertThat(Terminal.wantsColors(null, "dumb")).isFalse();
  }

  @Test
  void doesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Texts.percent(0.5)).isEqualTo("50.00 %");
      assertThat(Texts.count(1000)).isEqualTo("1,000");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void breaksLinesBetweenWords() {
    assertThat(Paragraph.wrap("one two  three", 7)).containsExactly("one two", "three");
    assertThat(Paragraph.wrap("incomprehensible a", 4)).containsExactly("incomprehensible", "a");
    assertThat(Paragraph.wrap("", 10)).containsExactly("");
  }

  @Test
  void believesTheStartScriptAboutTheTerminal() {
    assertThat(Terminal.width("132", false)).hasValue(132);
    assertThat(Terminal.width("0", false)).hasValue(Terminal.DEFAULT_COLUMNS);
    assertThat(Terminal.width("none", true)).isEmpty();
    assertThat(Terminal.width(null, true)).hasValue(Terminal.DEFAULT_COLUMNS);
    assertThat(Terminal.width(null, false)).isEmpty();
  }
}
