package org.roundel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.threads.PassThreads;

/** Roundel's nets and LibTorch's compute the same, so that the race is between equals. */
class ContestTest {
  private static final Images IMAGES = new Images(16, 32, 3);

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
    "vgg-bc, BINARY_CONNECT",
    "wrn-8-2, BINARY_CONNECT",
    "resnet-18, STOCHASTIC_ROUNDING"
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
  void sidesAgreeInInferenceFrozenOrNot() {
    for (String net : List.of("resnet-8", "wrn-8-2", "resnet-18", "vgg-9", "vgg-bc")) {
      try (Contest contest = contest(Contestant.usual(true), net, Method.NONE)) {
        Contest.Agreement agreement = contest.inference();
        assertThat(agreement.losses()).hasSize(6);
        assertThat(agreement.agrees()).as("%s: %s", net, agreement).isTrue();
      }
    }
  }

  /** Counted by hand; the sides themselves compare names and sizes. */
  @ParameterizedTest
  @CsvSource({
    "resnet-20, 269722",
    "resnet-56, 853018",
    "wrn-56-2, 3396698",
    "resnet-18, 11181642",
    "vgg-9, 2788298",
    "vgg-bc, 14029706"
  })
  void netsHaveTheirParameters(String net, long parameters) {
    try (Contest contest = contest(net, Method.NONE)) {
      assertThat(contest.parameters()).isEqualTo(parameters);
    }
  }

  @Test
  void everySideHasAllProcessors() {
    torch.set_num_threads(1);
    PassThreads.setCount(1);
    try (Contest contest = contest("resnet-8", Method.NONE)) {
      NativeLibraries.checkThreads();
    }
    torch.set_num_threads(1);
    try (LibTorchSide alone =
        new LibTorchSide(Contestant.LIBTORCH_NCHW, task("resnet-8", Method.NONE))) {
      assertThat(torch.get_num_threads())
          .as(alone.name())
          .isEqualTo(Runtime.getRuntime().availableProcessors());
    }
  }

  @Test
  void disagreementIsSeen() {
    assertThat(agrees(2.30001, 2.30002)).isTrue();
    assertThat(agrees(2.3001, 2.3002)).isFalse();
    assertThat(agrees(Double.NaN, Double.NaN)).isFalse();
    Task task = task("resnet-8", Method.NONE);
    try (RoundelSide one = new RoundelSide(Contestant.ROUNDEL, task);
        LibTorchSide other = new LibTorchSide(Contestant.LIBTORCH_NCHW, task)) {
      // Weights of their own each.
      assertThat(agrees(one.train(), other.train())).isFalse();
    }
  }

  private static boolean agrees(double... losses) {
    return new Contest.Agreement(Arrays.stream(losses).boxed().toList(), List.of()).agrees();
  }

  private static Contest contest(String net, Method method) {
    return contest(Contestant.usual(false), net, method);
  }

  private static Contest contest(List<Contestant> contestants, String net, Method method) {
    return new Contest(contestants, task(net, method));
  }

  private static Task task(String net, Method method) {
    return new Task(net, method, IMAGES, 0.001);
  }
}
