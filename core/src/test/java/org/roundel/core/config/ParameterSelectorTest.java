package org.roundel.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.model.Parameter;
import org.roundel.api.model.ParameterRole;

class ParameterSelectorTest {
  private final List<Parameter> parameters =
      List.of(
          parameter("stem/weight", ParameterRole.CONVOLUTION_WEIGHT),
          parameter("stage1-block1/weight", ParameterRole.CONVOLUTION_WEIGHT),
          parameter("stage1-block1/gamma", ParameterRole.NORMALISATION),
          parameter("classifier/weight", ParameterRole.LINEAR_WEIGHT),
          parameter("classifier/bias", ParameterRole.BIAS));

  private static Parameter parameter(String name, ParameterRole role) {
    return new Parameter(name, role, Nd4j.zeros(DataType.FLOAT, 2), Nd4j.zeros(DataType.FLOAT, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "conv, 11000",
    "linear, 00010",
    "all, 11010",
    "inner, 01000",
    "stage1-*, 01100",
    "*/weight, 11010",
    "ste?/weight, 10000",
    "stage1-block1/gamma, 00100",
    "*, 11111",
    "**/*t, 11010",
    "*a*a*a*, 00100",
    "????/*, 10000"
  })
  void selectsByRoleOrPattern(String text, String expected) {
    StringBuilder selected = new StringBuilder();
    for (boolean one : ParameterSelector.of(text).select(parameters)) {
      selected.append(one ? '1' : '0');
    }
    assertThat(selected).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stem", "stem.weight", "\\E", "(", ""})
  void everythingButStarAndQuestionMarkStandsForItself(String text) {
    assertThatThrownBy(() -> ParameterSelector.of(text).select(parameters))
        .hasMessageContaining("matches no parameter");
  }

  @Test
  void aNetOfTwoLayersHasNoInnerOne() {
    assertThatThrownBy(
            () ->
                ParameterSelector.of("inner")
                    .select(List.of(parameters.get(1), parameters.get(2), parameters.get(3))))
        .hasMessage(
            "quantize: 'inner' matches no parameter; allowed: conv, linear, all, inner (all but the"
                + " first and the last layer), or a pattern of these names: stage1-block1/weight,"
                + " stage1-block1/gamma, classifier/weight");
  }

  /** Each star may take any text; to try all ways takes longer than the age of the universe. */
  @Test
  void aPatternOfManyStarsEnds() {
    Parameter long1 = parameter("a".repeat(2000) + "/" + "b".repeat(2000), ParameterRole.BIAS);
    String stars = "*?".repeat(1500);
    assertThatThrownBy(() -> ParameterSelector.of(stars + "*z").select(List.of(long1)))
        .hasMessageContaining("*?*?")
        .hasMessageContaining("… (3002 characters)' matches no parameter");
    assertThat(ParameterSelector.of(stars + "*b").select(List.of(long1))).containsExactly(true);
  }

  @Test
  void aNetOfManyParametersIsNotListedInFull() {
    List<Parameter> many = Collections.nCopies(2000, parameters.get(0));
    assertThatThrownBy(() -> ParameterSelector.of("x").select(many))
        .hasMessageEndingWith("stem/weight and 1970 more");
  }

  @Test
  void aPatternMatchesTheWholeName() {
    assertThatThrownBy(() -> ParameterSelector.of("block1").select(parameters))
        .hasMessageContaining("of these names: stem/weight, stage1-block1/weight,");
  }
}
