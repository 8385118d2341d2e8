package org.roundel.onednn.graph;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.BatchInput;
import org.roundel.onednn.program.Part;
import org.roundel.onednn.program.Part.Pass;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.ProgramBuilder;
import org.roundel.onednn.program.Source;

/**
 * Compiles a net for training: forward, loss, and backward in the reverse order. Steps overwrite
 * arrays that nobody needs any more where the kernels allow it.
 */
public final class TrainingCompiler extends Compiler {
  private final boolean[] trained;
  private final @Nullable Tensor[] gradients;
  private final Map<Integer, Runnable> backward = new HashMap<>();

  /** Values that have no array of their own: their readers make them as they load them. */
  private final Map<Integer, Source> sources = new HashMap<>();

  /** Values that backward steps of their own operation read. */
  private final Set<Integer> kept = new HashSet<>();

  /** Arrays that more than one value's gradient lies in; they are not overwritten. */
  private final Set<Tensor> shared = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Begins a program for a batch size; other programs may share the last argument. */
  public TrainingCompiler(
      Graph graph, LayoutPlan layouts, long batch, ProgramBuilder program, BatchInput input) {
    super(graph, layouts, batch, program, input);
    int count = graph.output() + 1;
    gradients = new Tensor[count];
    trained = new boolean[count];
    for (int value = 1; value < count; value++) {
      Operation operation = graph.producer(value);
      trained[value] = operation.trained();
      for (int source : operation.inputs()) {
        trained[value] |= trained[source];
      }
    }
  }

  /** Returns the program. */
  public Program compile() {
    Tensor scores = forwardAll();
    program().endForward();
    int last = graph().output();
    Tensor gradient =
        kept.contains(last)
            ? program().allocate(scores.descriptor())
            : program().inPlaceOf(scores, scores.descriptor());
    loss(scores, gradient);
    gradients[last] = gradient;
    for (int value = last; value >= 1; value--) {
      Runnable steps = backward.get(value);
      if (steps != null && trained[value]) {
        compile(value, Pass.OTHER, steps);
      }
    }
    return build();
  }

  @Override
  void forward(int value, Operation operation) {
    operation.train(value, this);
  }

  /**
   * Says what adds the backward steps of the operation that makes a value. They are asked for once
   * the value's gradient is known, and only if there is something to train before it.
   */
  public void backward(int value, Runnable steps) {
    backward.put(value, steps);
  }

  /** Returns whether something is trained before a value, so that its gradient is needed. */
  public boolean trains(int value) {
    return trained[value];
  }

  /** Says that a value's own backward steps read it, so that its readers may not overwrite it. */
  public void keep(int value) {
    kept.add(value);
  }

  /** Returns whether an operation may write its output over an input. */
  public boolean mayOverwrite(int input, int output) {
    return input != 0 && onlyReader(input) == output && !kept.contains(input);
  }

  /** Returns whether all operations that read a value can do something to it as they load it. */
  public boolean changedByReaders(int value) {
    List<Integer> readers = readers(value);
    return !readers.isEmpty()
        && readers.stream()
            .allMatch(reader -> graph().producer(reader).changesWhatItLoads(reader, this));
  }

  /** Says how a value is made, by its readers, of the array of another. */
  public void define(int value, Source source) {
    define(value, source.tensor());
    sources.put(value, source);
  }

  /** Returns what a convolution reads, in a layout; by a copy if need be. */
  public Source source(int value, Layout layout) {
    Source source = sources.get(value);
    return source == null ? new Source(output(value, layout)) : source;
  }

  /** Returns the plain rectifier that is a value's only reader, or -1. */
  public int rectifier(int value) {
    int reader = onlyReader(value);
    return reader > 0 && graph().producer(reader).rectifies() ? reader : -1;
  }

  /** Returns the gradient of a value; all that read the value have contributed to it. */
  public Tensor gradient(int value) {
    Tensor gradient = gradients[value];
    if (gradient == null) {
      throw new IllegalStateException("value " + value + " has no gradient");
    }
    return gradient;
  }

  /**
   * Returns an array to write what is computed from a gradient number by number: the gradient's own
   * place, if nobody else reads it and the layout is the same.
   */
  public Tensor over(Tensor gradient, memory.desc descriptor) {
    return shared.contains(gradient) || !ProgramBuilder.same(gradient.descriptor(), descriptor)
        ? program().allocate(descriptor)
        : gradient;
  }

  /** Says that an array is the gradient of more than one value. */
  public void share(Tensor gradient) {
    shared.add(gradient);
  }

  /** Gives an array to a value as its gradient, or adds it to what is there already. */
  public void contribute(int value, Tensor part) {
    Tensor present = gradients[value];
    if (present == null) {
      gradients[value] = part;
      return;
    }
    Tensor target = part;
    if (shared.contains(part)) {
      target = shared.contains(present) ? program().allocate(part.descriptor()) : present;
    }
    // Only the first argument may lie in the target's place.
    Tensor sum = target;
    Tensor first = sum == present ? present : part;
    Tensor second = sum == present ? part : present;
    program()
        .within(
            new Part(name(value), "add", Pass.OTHER),
            () ->
                program()
                    .binary(name(value) + " gradient", dnnl.dnnl_binary_add, first, second, sum));
    gradients[value] = sum;
  }
}
