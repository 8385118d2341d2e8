package org.roundel.onednn.graph;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.program.BatchInput;
import org.roundel.onednn.program.Part;
import org.roundel.onednn.program.Part.Pass;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Step;

/**
 * A graph on its way to a program for one batch size, as its operations see it: where the other
 * values lie. What compiling for training and for inference have in common.
 */
public abstract class Compiler {
  private final Graph graph;
  private final LayoutPlan layouts;
  private final long batch;
  private final ProgramBuilder program;
  private final BatchInput input;
  private final List<List<Integer>> readers;
  private final @Nullable Tensor[] outputs;
  private final Tensor given;

  Compiler(Graph graph, LayoutPlan layouts, long batch, ProgramBuilder program, BatchInput input) {
    this.graph = graph;
    this.layouts = layouts;
    this.batch = batch;
    this.program = program;
    this.input = input;
    this.readers = graph.consumers();
    this.outputs = new Tensor[graph.output() + 1];
    this.given = program.input(plain(0));
  }

  /** Adds the forward steps of an operation. */
  abstract void forward(int value, Operation operation);

  /** Adds the forward steps of all operations, and returns where the scores lie. */
  final Tensor forwardAll() {
    for (int value = 1; value <= graph.output(); value++) {
      if (outputs[value] == null) {
        int made = value;
        compile(made, Pass.FORWARD, () -> forward(made, graph.producer(made)));
      }
    }
    return output(graph.output());
  }

  /**
   * Adds the steps of the operation that makes a value.
   *
   * @param pass of what is not said otherwise
   * @throws NoKernelException if oneDNN has none for it; it says so by the plainest of exceptions
   */
  final void compile(int value, Pass pass, Runnable steps) {
    try {
      program.within(new Part(name(value), graph.operations().get(value - 1).kind(), pass), steps);
    } catch (RuntimeException failure) {
      if (failure.getClass() == RuntimeException.class) {
        throw new NoKernelException(name(value), failure);
      }
      throw failure;
    }
  }

  /**
   * Adds the step that hands out the scores, computes the loss, or does both.
   *
   * @param scores read
   * @param gradient written: the scores' gradient; may lie in the same place
   */
  final void loss(Tensor scores, Tensor gradient) {
    int classes = (int) graph.shape(graph.output()).channels();
    Step step =
        () -> {
          FloatBuffer wanted = input.scores();
          if (wanted != null) {
            wanted.put(0, scores.floats(), 0, wanted.capacity());
          }
          if (input.wantsLoss()) {
            // Last, because the gradient may lie where the scores are.
            input.record(
                graph
                    .loss()
                    .batch(
                        scores.floats(),
                        gradient.floats(),
                        input.labels(),
                        input.targets(),
                        classes));
          }
        };
    program.within(
        new Part("loss", "loss", Pass.OTHER),
        () -> program.compute("loss", step, scores, gradient));
  }

  /** Returns the program of all steps that were added. */
  final Program build() {
    return program.build(given);
  }

  /** Returns the graph that is compiled. */
  public final Graph graph() {
    return graph;
  }

  /** Returns how it is computed, where there is a choice. */
  public final Wishes wishes() {
    return layouts.wishes();
  }

  /** Returns how many images a batch has. */
  public final long batch() {
    return batch;
  }

  /** Returns what collects the steps. */
  public final ProgramBuilder program() {
    return program;
  }

  /** Returns what steps in Java read beside arrays. */
  public final BatchInput input() {
    return input;
  }

  /** Returns the shape of a value. */
  public final Shape shape(int value) {
    return graph.shape(value);
  }

  /** Returns the layout that a value lies in. */
  public final Layout home(int value) {
    return layouts.home(value);
  }

  /** Returns a new array for a value. */
  public final Tensor allocate(int value) {
    return program.allocate(Device.describe(home(value), batch, shape(value)));
  }

  /** Describes a value channel by channel and row by row. */
  public final memory.desc plain(int value) {
    Shape shape = shape(value);
    return shape.row()
        ? Device.describe(memory.format_tag.ab, batch, shape.channels())
        : Device.describe(
            memory.format_tag.abcd, batch, shape.channels(), shape.height(), shape.width());
  }

  /** Says which array a value is first written to. */
  public final void define(int value, Tensor array) {
    outputs[value] = array;
  }

  /** Returns whether a value has its array, so that steps that follow may read it. */
  public final boolean defined(int value) {
    return outputs[value] != null;
  }

  /** Returns the array that a value is first written to. */
  public final Tensor output(int value) {
    Tensor output = outputs[value];
    if (output == null && value == 0) {
      Tensor images = allocate(0);
      program.within(Part.copy("images"), () -> program.copy("images", given, images));
      outputs[0] = images;
      return images;
    }
    if (output == null) {
      throw new IllegalStateException("value " + value + " has no array");
    }
    return output;
  }

  /** Returns a value in a layout, by a copy if need be. */
  public final Tensor output(int value, Layout layout) {
    if (value == 0 && layout == Layout.BLOCKED && shape(0).channels() < Device.block()) {
      // Kernels for blocks read few channels as whole planes.
      return given;
    }
    return in(layout, value, output(value));
  }

  /** Returns an array of a value's shape in a layout, by a copy if need be. */
  public final Tensor in(Layout layout, int value, Tensor tensor) {
    memory.desc wanted = Device.describe(layout, batch, shape(value));
    if (ProgramBuilder.same(tensor.descriptor(), wanted)) {
      return tensor;
    }
    Tensor copy = program.allocate(wanted);
    program.within(
        Part.copy(name(value)), () -> program.copy(name(value) + " layout", tensor, copy));
    return copy;
  }

  /** Returns the only value that is computed from a value, or -1 if there are more. */
  public final int onlyReader(int value) {
    return readers.get(value).size() == 1 ? readers.get(value).get(0) : -1;
  }

  final List<Integer> readers(int value) {
    return readers.get(value);
  }

  final String name(int value) {
    return value == 0 ? "images" : graph.producer(value).name();
  }
}
