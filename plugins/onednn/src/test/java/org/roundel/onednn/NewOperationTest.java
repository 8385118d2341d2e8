package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;

/** An operation of one file of its own, {@link Square}, works among the others. */
class NewOperationTest {
  private static final Shape IMAGES = Shape.image(3, 6, 5);
  private static final Window SAME = Window.square(3, 1, 1);

  private static SmallNet square(SmallNet net) {
    return net.then((name, input) -> new Square(name, input));
  }

  static Stream<Arguments> cases() {
    Map<String, Consumer<SmallNet>> all = new TreeMap<>();
    all.put("behind a convolution", net -> square(net.convolution(16, SAME, true)));
    all.put("behind its rectifier", net -> square(net.convolution(16, SAME, true).relu()));
    all.put(
        "behind itself",
        net -> square(square(net.convolution(16, SAME, false).normalization(true))));
    all.put("of the images", net -> square(net).convolution(16, SAME, true));
    all.put("before a normalization", net -> square(net).normalization(true).relu());
    all.put(
        "beside its input in a sum",
        net -> {
          int in = net.convolution(16, SAME, false).normalization(true).last();
          square(net).plus(in).relu();
        });
    return all.entrySet().stream().map(net -> Arguments.of(net.getKey(), net.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isTrainedAndEvaluated(String name, Consumer<SmallNet> middle) {
    SmallNet net = new SmallNet(IMAGES);
    middle.accept(net);
    net.linear(3, true);
    GradientCheck.check(net, net.build(Loss.SOFTMAX_CROSS_ENTROPY));
  }

  @Test
  void isProfiledByItsName() {
    SmallNet net = square(new SmallNet(IMAGES).convolution(16, SAME, true)).linear(3, true);
    try (RunningNet running =
        new RunningNet(net.build(Loss.SQUARED_HINGE), net.values(1), 4, Executions.direct(null))) {
      assertThat(running.profile(4))
          .filteredOn(step -> step.kernel().equals("java"))
          .extracting(StepTime::name)
          .containsExactly("operation2 forward", "loss", "operation2 backward");
    }
  }
}
