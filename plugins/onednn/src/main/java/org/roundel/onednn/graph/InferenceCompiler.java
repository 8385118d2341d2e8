package org.roundel.onednn.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.program.BatchInput;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * Compiles a net for inference. An operation that has weights takes the operations behind it with
 * it as long as each has a single reader and can join: batch normalisation as a scale and a shift
 * of each channel, the sum with a value that is there already, activations.
 */
public final class InferenceCompiler extends Compiler {
  /** Begins a program for a batch size; other programs may share the last argument. */
  public InferenceCompiler(
      Graph graph, LayoutPlan layouts, long batch, ProgramBuilder program, BatchInput input) {
    super(graph, layouts, batch, program, input);
  }

  /** Returns the program. */
  public Program compile() {
    Tensor scores = forwardAll();
    // The gradient is not used, so it may take the scores' place.
    loss(scores, scores);
    return build();
  }

  @Override
  void forward(int value, Operation operation) {
    operation.infer(value, this);
  }

  /**
   * What one primitive computes.
   *
   * @param values all that its result is, in the order of the operations that make them
   * @param after what it does after the first of them
   */
  public record Fused(List<Integer> values, PostOperations after) {}

  /** Returns whether values never change. */
  public boolean frozen() {
    return program().frozen();
  }

  /** Collects the operations that can join the one that makes a value. */
  public Fused fuse(int value) {
    return fuse(value, new PostOperations());
  }

  /**
   * Collects the operations that can join the one that makes a value.
   *
   * @param after takes what its kernel can; null if that is nothing
   */
  public Fused fuse(int value, @Nullable PostOperations after) {
    List<Integer> values = new ArrayList<>(List.of(value));
    if (after == null) {
      return new Fused(values, new PostOperations());
    }
    int last = value;
    int reader = onlyReader(last);
    while (reader > 0 && graph().producer(reader).join(last, this, after)) {
      values.add(reader);
      last = reader;
      reader = onlyReader(last);
    }
    return new Fused(values, after);
  }

  /** Says which array all values that one primitive computes are written to. */
  public void define(Fused fused, Tensor array) {
    for (int value : fused.values()) {
      define(value, array);
    }
  }
}
