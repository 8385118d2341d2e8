package org.roundel.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyMatcherTest {
  private static final List<String> NAMES =
      List.of("sgd", "nesterov", "adam", "stochastic-rounding", "binary-connect", "batch-size");

  @ParameterizedTest
  @CsvSource({
    "sdg, sgd",
    "sg, ",
    "adm, adam",
    "ADAM, adam",
    "nestrov, nesterov",
    "binaryconnect, binary-connect",
    "batch_size, batch-size",
    "stochastic-roundign, stochastic-rounding",
    "stochastic, stochastic-rounding",
    "momentum, ",
    "bs, batch-size",
    "--bs, batch-size",
    "b-s, ",
    "a, ",
    "'', "
  })
  void findsTheNearestNameOrNone(String wanted, String expected) {
    if (expected == null) {
      assertThat(FuzzyMatcher.nearest(wanted, NAMES)).isEmpty();
      assertThat(FuzzyMatcher.suggestion(wanted, NAMES)).isEmpty();
    } else {
      assertThat(FuzzyMatcher.nearest(wanted, NAMES)).contains(expected);
      assertThat(FuzzyMatcher.suggestion(wanted, NAMES))
          .isEqualTo("; did you mean '" + expected + "'?");
    }
  }

  @Test
  void whatIsAllowedIsASentenceOfItsOwnBehindAQuestion() {
    assertThat(FuzzyMatcher.withAllowed(FuzzyMatcher.suggestion("adma", NAMES), "adam, sgd"))
        .isEqualTo("; did you mean 'adam'? Allowed: adam, sgd");
    assertThat(FuzzyMatcher.withAllowed("", "adam, sgd")).isEqualTo("; allowed: adam, sgd");
  }

  @Test
  void takesTheFirstOfEquallyNearNames() {
    assertThat(FuzzyMatcher.nearest("resnet-2", List.of("resnet-20", "resnet-26")))
        .contains("resnet-20");
  }

  @Test
  void anAmbiguousStartIsNoMatch() {
    assertThat(FuzzyMatcher.nearest("data", List.of("data-directory", "data-format"))).isEmpty();
  }

  @Test
  void aHugeNameIsNoMatch() {
    assertThat(FuzzyMatcher.nearest("a".repeat(10_000_000), NAMES)).isEmpty();
  }
}
