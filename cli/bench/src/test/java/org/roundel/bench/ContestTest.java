package org.roundel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roundel's nets and LibTorch's compute the same, so that the race is between equals. */
class ContestTest {
  private static final Images IMAGES = new Images(16, 3);

  @BeforeAll
  static void load() {
    NativeLibraries.load();
  }

  @ParameterizedTest
  @CsvSource({
    "resnet-8, NONE",
    "resnet-8, BINARY_CONNECT",
    "resnet-8, STOCHASTIC_ROUNDING",
    "vgg-9, NONE",
    "vgg-bc, BINARY_CONNECT"
  })
  void sidesAgreeOnLossAndGradients(String net, Method method) {
    try (Contest contest = contest(net, method)) {
      Contest.Agreement agreement = contest.firstUpdate();
      assertThat(agreement.agrees()).as("%s", agreement).isTrue();
    }
  }

  @Test
  void optimizersAgree() {
    try (Contest contest = contest("resnet-8", Method.NONE)) {
      contest.firstUpdate();
      List<Double> losses = contest.sides().stream().map(Side::train).toList();
      double last = losses.get(losses.size() - 1);
      // Adam first moves every weight by η, also one whose gradient is so small that its sign is
      // chance. Without an update the loss is 10 % higher, with twice the rate 10 % lower.
      assertThat(losses)
          .allSatisfy(loss -> assertThat(Math.abs(loss / last - 1)).isLessThan(0.005));
    }
  }

  @Test
  void sidesAgreeInInferenceFoldedOrNot() {
    for (String net : List.of("resnet-8", "vgg-bc")) {
      for (boolean fold : List.of(false, true)) {
        try (Contest contest = contest(net, Method.NONE)) {
          Contest.Agreement agreement = contest.inference(fold);
          assertThat(agreement.agrees()).as("%s, fold %s: %s", net, fold, agreement).isTrue();
        }
      }
    }
  }

  @Test
  void disagreementIsSeen() {
    assertThat(agrees(2.30001, 2.30002)).isTrue();
    assertThat(agrees(2.3001, 2.3002)).isFalse();
    assertThat(agrees(Double.NaN, Double.NaN)).isFalse();
    try (RoundelSide one = new RoundelSide("resnet-8", Method.NONE, null, IMAGES, 0.001);
        LibTorchSide other =
            new LibTorchSide("resnet-8", Method.NONE, Layout.NCHW, IMAGES, 0.001)) {
      // Weights of their own each.
      assertThat(agrees(one.train(), other.train())).isFalse();
    }
  }

  private static boolean agrees(double... losses) {
    return new Contest.Agreement(Arrays.stream(losses).boxed().toList(), List.of()).agrees();
  }

  private static Contest contest(String net, Method method) {
    return new Contest(net, method, Collections.singletonList(null), IMAGES, 0.001);
  }
}
