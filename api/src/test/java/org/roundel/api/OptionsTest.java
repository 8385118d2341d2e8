package org.roundel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final Option<Double> DELTA = Option.positive("delta", 0.25, 10, "step");
  private static final Option<Integer> DEPTH = Option.stepped("depth", 20, 8, 1202, 6, 2, "layers");
  private static final Option<List<Integer>> MILESTONES =
      Option.increasing("milestones", List.of(82, 122), 1, 1000, "epochs");
  private static final Option<Boolean> BIAS = Option.flag("bias", false, "add a bias");
  private static final List<Option<?>> ALL = List.of(DELTA, DEPTH, MILESTONES, BIAS);

  @Test
  void aGivenValueReplacesTheDefault() {
    Options options =
        Options.of(ALL, Map.of("delta", "0.5", "milestones", "1, 30,60", "bias", "TRUE"));
    assertThat(options.get(DELTA)).isEqualTo(0.5);
    assertThat(options.get(DEPTH)).isEqualTo(20);
    assertThat(options.get(MILESTONES)).containsExactly(1, 30, 60);
    assertThat(options.get(BIAS)).isTrue();
    assertThat(options.isGiven(DELTA)).isTrue();
    assertThat(options.isGiven(DEPTH)).isFalse();
  }

  @Test
  void messagesGiveFoundAgainstAllowed() {
    assertThatThrownBy(() -> DELTA.parse("0"))
        .hasMessage("'0' is out of range; allowed: real (0, 10]");
    assertThatThrownBy(() -> DELTA.parse("NaN"))
        .hasMessage("'NaN' is out of range; allowed: real (0, 10]");
    assertThatThrownBy(() -> DELTA.parse("wide"))
        .hasMessage("'wide' is not a number; allowed: real (0, 10]");
    assertThatThrownBy(() -> DEPTH.parse("21"))
        .hasMessage("'21' is not of the form 6n+2; allowed: integer [8, 1202], 6n+2");
    assertThatThrownBy(() -> MILESTONES.parse("5,5")).hasMessageContaining("not increasing");
    assertThatThrownBy(() -> BIAS.parse("yes"))
        .hasMessage("'yes' is neither true nor false; allowed: flag true | false");
    assertThatThrownBy(() -> Options.of(ALL, Map.of("dleta", "1")))
        .hasMessageContaining("unknown option 'dleta'");
  }

  @Test
  void readingAnUndeclaredOptionIsAMistakeOfThePlugin() {
    Options options = Options.defaults(List.of(DELTA));
    assertThatThrownBy(() -> options.get(DEPTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not declared");
  }

  @Test
  void aDeclarationIsCheckedAtOnce() {
    assertThatThrownBy(() -> Option.integer("Depth", 1, 0, 2, "x"))
        .hasMessageContaining("does not match");
    assertThatThrownBy(() -> Option.integer("depth", 3, 0, 2, "x"))
        .hasMessageContaining("invalid default");
  }
}
