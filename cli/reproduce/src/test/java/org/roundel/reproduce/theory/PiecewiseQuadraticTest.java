package org.roundel.reproduce.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.api.InvalidInputException;
import org.roundel.reproduce.theory.PiecewiseQuadratic.Piece;

class PiecewiseQuadraticTest {
  private static final String PAPER = "w^2+2 if w<1; (w-2.5)^2+0.75 if w<3.5; (w-4.75)^2+0.19";

  @ParameterizedTest
  @CsvSource({"-1, 3", "0, 2", "1, 3", "2.5, .75", "3.5, 1.7525", "4.5, .2525", "5, .2525"})
  void paperHasThePrintedValues(double w, double value) {
    assertThat(PiecewiseQuadratic.paper().value(w)).isCloseTo(value, within(1e-15));
    assertThat(PiecewiseQuadratic.parse(PAPER).value(w))
        .isEqualTo(PiecewiseQuadratic.paper().value(w));
  }

  @Test
  void minimizerIsTheLowestPlace() {
    assertThat(PiecewiseQuadratic.paper().minimizer()).isEqualTo(4.75);
    assertThat(PiecewiseQuadratic.parse("(w-1)^2 if w<0; (w+1)^2+0.5").minimizer()).isEqualTo(0);
    assertThat(PiecewiseQuadratic.parse("w^2+5 if w<1; -1*(w-2)^2+3 if w<4; w^2").minimizer())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, .25, .99, 1.01, 2.5, 3.49, 3.51, 7})
  void derivativeIsThatOfTheValue(double w) {
    for (String text : List.of(PAPER, "0.5*(w+1)^2 if w<0; -2*(w-1)^2+3e1 if w<3.5; 4*w^2-1")) {
      PiecewiseQuadratic function = PiecewiseQuadratic.parse(text);
      double h = 0x1p-10;
      // A parabola's central difference is exact; rounding leaves 2^-53·|f|/h, times a few.
      assertThat(function.derivative(w))
          .isCloseTo(
              (function.value(w + h) - function.value(w - h)) / (2 * h),
              within(8 * 0x1p-53 * (1 + Math.abs(function.value(w))) / h));
    }
  }

  @Test
  void atABreakpointTheRightPieceCounts() {
    PiecewiseQuadratic function = PiecewiseQuadratic.parse("w^2 if w<1; (w-2)^2+7");
    assertThat(function.value(1)).isEqualTo(8);
    assertThat(function.derivative(1)).isEqualTo(-2);
    assertThat(function.value(Math.nextDown(1.0))).isLessThan(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PAPER,
        "w^2",
        "0.5*(w-1)^2-3",
        "2*w^2+1e-7 if w<-1.5; -0.25*(w+0.125)^2 if w<3; 1000*(w-4)^2"
      })
  void writesWhatItReads(String text) {
    PiecewiseQuadratic function = PiecewiseQuadratic.parse(text);
    PiecewiseQuadratic again = PiecewiseQuadratic.parse(function.toString());
    assertThat(again.pieces()).isEqualTo(function.pieces());
    assertThat(again.breaks()).isEqualTo(function.breaks());
  }

  @Test
  void blanksDoNotMatter() {
    PiecewiseQuadratic function =
        PiecewiseQuadratic.parse(" 2 * ( w - 1 ) ^ 2 + 3  if  w < -1 ;(w)^2 ");
    assertThat(function.pieces()).containsExactly(new Piece(2, 1, 3), new Piece(1, 0, 0));
    assertThat(function.breaks()).containsExactly(-1);
    assertThat(function).hasToString("2*(w-1)^2+3 if w<-1; w^2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | piece 1 of the objective is ''; a piece is a parabola a*(w-c)^2+b",
        "w^3 | piece 1 of the objective is 'w^3'; a piece is a parabola",
        "w^2; w^2 | piece 1 of the objective is 'w^2'; a piece that another follows ends with",
        "w^2 if w<1 | the last piece has no limit",
        "w^2 if w>1; w^2 | piece 1 of the objective is 'w^2 if w>1'; a limit is a number",
        "w^2 if w<1; w^2 if w<1; w^2 | breakpoint 1.0 follows 1.0; allowed: each greater",
        "0*w^2 | first piece has the curvature 0.0; allowed: at least 1.0E-6",
        "w^2 if w<0; -1*w^2 | last piece has the curvature -1.0; allowed: at least",
        "-w^2 | first piece has the curvature -1.0",
        "1e7*w^2 | curvature 1.0E7; allowed: -1e6 to 1e6",
        "1e999*w^2 | curvature Infinity",
        "NaN*w^2 | a piece is a parabola",
        "w^2; | piece 1 of the objective is 'w^2'; a piece that another follows",
      })
  void refusesWhatIsNoObjective(String text, String message) {
    assertThatThrownBy(() -> PiecewiseQuadratic.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesTooMuch() {
    assertThatThrownBy(() -> PiecewiseQuadratic.parse(" ".repeat(10_001)))
        .hasMessageContaining("10001 characters; allowed: at most 10000");
    StringBuilder many = new StringBuilder();
    for (int piece = 0; piece < 100; piece++) {
      many.append("w^2 if w<").append(piece).append(';');
    }
    assertThatThrownBy(() -> PiecewiseQuadratic.parse(many + "w^2"))
        .hasMessageContaining("101 pieces; allowed: 1 to 100");
    assertThatThrownBy(() -> PiecewiseQuadratic.of(List.of(new Piece(1, 0, 0)), 3))
        .hasMessageContaining("1 breakpoints for 1 pieces");
  }
}
