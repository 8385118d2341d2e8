package org.roundel.onednn.operation;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.RunningNet;
import org.roundel.onednn.SmallNet;
import org.roundel.onednn.StepTime;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.kernel.ConvolutionKernels;
import org.roundel.onednn.kernel.ConvolutionShape;
import org.roundel.onednn.kernel.ForwardKernel;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.Source;

/** Any of a convolution's three passes can be computed by something else than oneDNN. */
class KernelSeamTest {
  private static final int BATCH = 5;

  /** Sums of at most 270 terms of about 1, each rounded to 2⁻²⁴, in another order. */
  private static final double BOUND = 0x1p-16;

  /** A pass of a convolution, by what its steps are called. */
  enum Pass {
    FORWARD("forward"),
    INPUT_GRADIENT("backward data"),
    WEIGHTS_GRADIENT("backward weights");

    private final String step;

    Pass(String step) {
      this.step = step;
    }
  }

  /** A convolution some of whose passes are loops in Java. */
  private record PartlyLooped(Convolution convolution, Set<Pass> looped) implements Operation {
    @Override
    public String name() {
      return convolution.name();
    }

    @Override
    public String kind() {
      return convolution.kind();
    }

    @Override
    public int[] inputs() {
      return convolution.inputs();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return convolution.outputShape(inputs);
    }

    @Override
    public boolean trained() {
      return true;
    }

    @Override
    public Layout layout(Graph graph, Wishes wishes, Layout inherited) {
      return kernels(graph, wishes).forward().layout();
    }

    private ConvolutionKernels kernels(Graph graph, Wishes wishes) {
      Shape in = graph.shape(convolution.input());
      ConvolutionShape shape =
          new ConvolutionShape(in, outputShape(List.of(in)), convolution.window(), false, false);
      ConvolutionKernels usual = ConvolutionKernels.choose(shape, wishes);
      LoopKernels own = new LoopKernels(shape);
      return new ConvolutionKernels(
          looped.contains(Pass.FORWARD) ? own.forward() : usual.forward(),
          looped.contains(Pass.INPUT_GRADIENT) ? own.inputGradient() : usual.inputGradient(),
          looped.contains(Pass.WEIGHTS_GRADIENT) ? own.weightsGradient() : usual.weightsGradient());
    }

    @Override
    public void train(int value, TrainingCompiler net) {
      convolution.train(value, net, kernels(net.graph(), net.wishes()));
    }

    @Override
    public void infer(int value, InferenceCompiler net) {
      if (looped.contains(Pass.FORWARD)) {
        ForwardKernel kernel = kernels(net.graph(), net.wishes()).forward();
        Source source = new Source(net.output(convolution.input(), kernel.layout()));
        Tensor target = net.allocate(value);
        kernel.add(net.program(), convolution.parameters(net), source, target, null);
        net.define(value, target);
      } else {
        convolution.infer(value, net);
      }
    }
  }

  static List<Set<Pass>> choices() {
    return List.of(
        EnumSet.noneOf(Pass.class),
        EnumSet.of(Pass.FORWARD),
        EnumSet.of(Pass.INPUT_GRADIENT),
        EnumSet.of(Pass.WEIGHTS_GRADIENT),
        EnumSet.complementOf(EnumSet.of(Pass.FORWARD)),
        EnumSet.complementOf(EnumSet.of(Pass.INPUT_GRADIENT)),
        EnumSet.complementOf(EnumSet.of(Pass.WEIGHTS_GRADIENT)),
        EnumSet.allOf(Pass.class));
  }

  private static SmallNet net(Set<Pass> looped) {
    return new SmallNet(Shape.image(3, 6, 5))
        .convolution(16, Window.square(3, 1, 1), false)
        .normalization(true)
        .relu()
        .convolution(
            16,
            Window.square(3, 2, 1),
            false,
            convolution -> looped.isEmpty() ? convolution : new PartlyLooped(convolution, looped))
        .normalization(true)
        .linear(3, true);
  }

  @ParameterizedTest
  @MethodSource("choices")
  void eachPassIsChosenByItself(Set<Pass> looped) {
    for (Layout layout : Layout.values()) {
      try (RunningNet usual = running(Set.of(), layout);
          RunningNet own = running(looped, layout)) {
        RunningNet.Step expected = usual.train(BATCH);
        RunningNet.Step found = own.train(BATCH);
        assertThat(found.loss()).isCloseTo(expected.loss(), within(BOUND));
        for (int index = 0; index < expected.gradients().size(); index++) {
          assertThat(found.gradients().get(index))
              .as("gradient %d", index)
              .isCloseTo(expected.gradients().get(index), within((float) BOUND));
        }
        assertThat(own.evaluate(BATCH).loss())
            .isCloseTo(usual.evaluate(BATCH).loss(), within(BOUND));
        checkProfile(own, looped);
      }
    }
  }

  private static RunningNet running(Set<Pass> looped, Layout layout) {
    SmallNet net = net(looped);
    return new RunningNet(net.build(Loss.SOFTMAX_CROSS_ENTROPY), net.values(1), BATCH, layout);
  }

  private static void checkProfile(RunningNet running, Set<Pass> looped) {
    Map<String, String> kernels =
        running.profile(BATCH).stream()
            .filter(step -> step.name().matches("conv4 (forward|backward (data|weights))"))
            .collect(toMap(StepTime::name, StepTime::kernel));
    assertThat(kernels).hasSize(Pass.values().length);
    for (Pass pass : Pass.values()) {
      assertThat(kernels.get("conv4 " + pass.step).equals("java"))
          .as("%s of %s", pass, kernels)
          .isEqualTo(looped.contains(pass));
    }
  }
}
