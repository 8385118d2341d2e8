package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.Part;
import org.roundel.onednn.program.Part.Pass;
import org.roundel.winograd.VectorSupport;

/** What a step's time goes to, and what it would go to with other kernels. */
class ProfileTest {
  private static final int BATCH = 3;
  private static final Window SAME = Window.square(3, 1, 1);
  private static final List<ConvolutionMethod> BOTH =
      List.of(ConvolutionMethod.DIRECT, ConvolutionMethod.WINOGRAD);

  private static SmallNet net() {
    SmallNet net = new SmallNet(Shape.image(3, 5, 4));
    int in = net.convolution(32, SAME, false).normalization(true).relu().last();
    return net.convolution(32, SAME, false).plus(in).relu().linear(4, true);
  }

  private static RunningNet start(ConvolutionMethod method) {
    SmallNet net = net();
    Graph graph = net.build(Loss.SOFTMAX_CROSS_ENTROPY);
    return new RunningNet(graph, net.values(5), BATCH, Executions.of(new Wishes(null, method)));
  }

  @Test
  void everyStepBelongsToAPassOfAnOperation() {
    try (RunningNet running = start(ConvolutionMethod.DIRECT)) {
      assertThat(running.profile(BATCH))
          .allMatch(step -> step.nanoseconds() > 0)
          .extracting(StepTime::part)
          .contains(
              new Part("conv1", "convolution", Pass.FORWARD),
              new Part("conv1", "convolution", Pass.WEIGHTS_GRADIENT),
              new Part("norm2", "batch-normalisation", Pass.FORWARD),
              new Part("norm2", "batch-normalisation", Pass.OTHER),
              new Part("conv4", "convolution", Pass.INPUT_GRADIENT),
              new Part("add5", "add", Pass.FORWARD),
              new Part("linear7", "linear", Pass.INPUT_GRADIENT),
              new Part("linear7", "linear", Pass.WEIGHTS_GRADIENT),
              new Part("activation3", "add", Pass.OTHER),
              new Part("loss", "loss", Pass.OTHER))
          .doesNotContain(new Part("conv1", "convolution", Pass.INPUT_GRADIENT))
          .noneMatch(part -> part.operation().isEmpty());
    }
  }

  @Test
  void theOtherMethodHasItsOwnKernels() {
    assertThat(VectorSupport.problem()).isNull();
    try (RunningNet running = start(ConvolutionMethod.AUTO)) {
      List<List<StepTime>> programs = running.profile(BATCH, BOTH);
      // Winograd's is what is chosen anyway.
      assertThat(programs).hasSize(2);
      for (Pass pass : List.of(Pass.FORWARD, Pass.INPUT_GRADIENT, Pass.WEIGHTS_GRADIENT)) {
        Part part = new Part("conv4", "convolution", pass);
        assertThat(kernels(programs.get(0), part)).contains("winograd");
        assertThat(kernels(programs.get(1), part)).doesNotContain("winograd").isNotEmpty();
      }
    }
  }

  private static List<String> kernels(List<StepTime> steps, Part part) {
    return steps.stream().filter(step -> step.part().equals(part)).map(StepTime::kernel).toList();
  }

  @ParameterizedTest
  @EnumSource
  void aProfileLeavesNoTrace(ConvolutionMethod method) {
    try (RunningNet running = start(method);
        RunningNet other = start(method)) {
      RunningNet.Step before = running.train(BATCH);
      running.profile(BATCH, BOTH);
      assertThat(running.train(BATCH)).isEqualTo(before).isEqualTo(other.train(BATCH));
      // The arena has moved when a larger program came; others find it.
      running.profile(2 * BATCH, BOTH);
      assertThat(running.train(BATCH)).isEqualTo(before);
      assertThat(running.evaluate(BATCH)).isEqualTo(other.evaluate(BATCH));
    }
  }

  @Test
  void theEngineIsNamedWithAllThatMovesTheLastBits() {
    assertThat(VectorSupport.problem()).isNull();
    try (RunningNet direct = start(ConvolutionMethod.DIRECT);
        RunningNet filtered = start(ConvolutionMethod.WINOGRAD)) {
      assertThat(direct.net().engine()).matches("oneDNN \\d+\\.\\d+\\.\\d+ [a-z][a-z0-9_]+");
      assertThat(filtered.net().engine())
          .isEqualTo(
              direct.net().engine()
                  + "; vectors of "
                  + 32 * VectorSupport.lanes()
                  + " bits: batch-normalisation, convolution");
    }
  }
}
