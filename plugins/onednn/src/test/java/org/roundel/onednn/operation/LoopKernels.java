package org.roundel.onednn.operation;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.kernel.ConvolutionShape;
import org.roundel.onednn.kernel.ForwardKernel;
import org.roundel.onednn.kernel.InputGradientKernel;
import org.roundel.onednn.kernel.Weights;
import org.roundel.onednn.kernel.WeightsGradientKernel;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window.Axis;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/** Kernels of our own for the passes of a convolution: plain loops, channels last. */
final class LoopKernels {
  private final ConvolutionShape shape;

  LoopKernels(ConvolutionShape shape) {
    this.shape = shape;
  }

  /** What is done with a weight and the two pixels that it joins, by their places in memory. */
  private interface Visitor {
    void visit(int weight, int in, int out);
  }

  private static int pixel(Shape image, int number, long row, long column, long channel) {
    return Math.toIntExact(
        ((number * image.height() + row) * image.width() + column) * image.channels() + channel);
  }

  private void visit(int batch, Visitor visitor) {
    Shape in = shape.in();
    Shape out = shape.out();
    Axis rows = shape.window().rows();
    Axis columns = shape.window().columns();
    for (int image = 0; image < batch; image++) {
      for (long row = 0; row < out.height(); row++) {
        for (long column = 0; column < out.width(); column++) {
          for (long i = 0; i < rows.kernel(); i++) {
            for (long j = 0; j < columns.kernel(); j++) {
              long y = row * rows.stride() + i * rows.dilation() - rows.before();
              long x = column * columns.stride() + j * columns.dilation() - columns.before();
              if (y < 0 || y >= in.height() || x < 0 || x >= in.width()) {
                continue;
              }
              for (long to = 0; to < out.channels(); to++) {
                for (long from = 0; from < in.channels(); from++) {
                  long weight =
                      ((to * in.channels() + from) * rows.kernel() + i) * columns.kernel() + j;
                  visitor.visit(
                      Math.toIntExact(weight),
                      pixel(in, image, y, x, from),
                      pixel(out, image, row, column, to));
                }
              }
            }
          }
        }
      }
    }
  }

  private int batch(Tensor output) {
    return Math.toIntExact(output.floats().limit() / shape.out().size());
  }

  private static void add(FloatBuffer sums, int index, float number) {
    sums.put(index, sums.get(index) + number);
  }

  private static void clear(FloatBuffer numbers) {
    for (int index = 0; index < numbers.limit(); index++) {
      numbers.put(index, 0);
    }
  }

  ForwardKernel forward() {
    return new ForwardKernel() {
      @Override
      public Layout layout() {
        return Layout.CHANNELS_LAST;
      }

      @Override
      public void add(
          ProgramBuilder program,
          Weights weights,
          Source input,
          Tensor target,
          @Nullable PostOperations after) {
        Tensor source = input.tensor();
        Tensor values = weights.values(program);
        program.compute(
            weights.name() + " forward",
            () -> {
              clear(target.floats());
              visit(
                  batch(target),
                  (weight, in, out) ->
                      LoopKernels.add(
                          target.floats(),
                          out,
                          values.floats().get(weight) * source.floats().get(in)));
            },
            source,
            target);
      }
    };
  }

  InputGradientKernel inputGradient() {
    return new InputGradientKernel() {
      @Override
      public Layout layout() {
        return Layout.CHANNELS_LAST;
      }

      @Override
      public void add(
          ProgramBuilder program, Weights weights, Tensor outputGradient, Tensor inputGradient) {
        Tensor values = weights.values(program);
        program.compute(
            weights.name() + " backward data",
            () -> {
              clear(inputGradient.floats());
              visit(
                  batch(outputGradient),
                  (weight, in, out) ->
                      LoopKernels.add(
                          inputGradient.floats(),
                          in,
                          values.floats().get(weight) * outputGradient.floats().get(out)));
            },
            outputGradient,
            inputGradient);
      }
    };
  }

  WeightsGradientKernel weightsGradient() {
    return new WeightsGradientKernel() {
      @Override
      public Layout layout() {
        return Layout.CHANNELS_LAST;
      }

      @Override
      public void add(
          ProgramBuilder program, Weights weights, Source input, Tensor outputGradient) {
        Tensor source = input.tensor();
        Tensor gradient = weights.gradient(program);
        program.compute(
            weights.name() + " backward weights",
            () -> {
              clear(gradient.floats());
              visit(
                  batch(outputGradient),
                  (weight, in, out) ->
                      LoopKernels.add(
                          gradient.floats(),
                          weight,
                          source.floats().get(in) * outputGradient.floats().get(out)));
            },
            source,
            outputGradient);
      }
    };
  }
}
