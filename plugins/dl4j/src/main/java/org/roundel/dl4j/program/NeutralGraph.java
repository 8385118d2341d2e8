package org.roundel.dl4j.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.model.InputShape;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.BatchNormalization.Affine;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.ZeroPaddedShortcut;
import org.roundel.dl4j.net.NetDefinition;
import org.roundel.dl4j.net.TensorSpec;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.operation.Dropout;

/**
 * The graph of a compiled program in the neutral form that exporters read: its operations in
 * inference, whose arrays have their names instead of their places.
 */
public final class NeutralGraph {
  private final Graph graph;
  private final Map<Long, String> names = new HashMap<>();
  private final List<org.roundel.api.net.Operation> operations = new ArrayList<>();

  /** The neutral graph's number of each value. */
  private final List<Integer> values = new ArrayList<>(List.of(0));

  private NeutralGraph(Graph graph, NetDefinition definition) {
    this.graph = graph;
    List<TensorSpec> all = new ArrayList<>(definition.parameters());
    all.addAll(definition.buffers());
    all.forEach(spec -> names.put(spec.offset(), spec.name()));
  }

  /**
   * Returns the operations of a net.
   *
   * @throws InvalidInputException if one of its layers has no such form; the message names it
   */
  public static NetGraph of(NetDefinition definition, InputShape input) {
    try {
      return new NeutralGraph(GraphTranslator.translate(definition, input), definition).build();
    } catch (UntranslatableException unknown) {
      throw new InvalidInputException(
          "the net cannot leave Roundel: "
              + unknown.getMessage()
              + "; use a layer that Roundel compiles",
          unknown);
    }
  }

  private NetGraph build() {
    for (Operation operation : graph.operations()) {
      if (operation instanceof Dropout dropout) {
        values.add(values.get(dropout.input()));
      } else {
        operations.add(neutral(operation));
        values.add(operations.size());
      }
    }
    Shape images = graph.shape(0);
    return new NetGraph(
        ValueShape.image(size(images.channels()), size(images.height()), size(images.width())),
        operations,
        graph.loss() == Loss.SOFTMAX_CROSS_ENTROPY);
  }

  private org.roundel.api.net.Operation neutral(Operation operation) {
    String name = unique(operation.name());
    int input = values.get(operation.inputs()[0]);
    if (operation instanceof org.roundel.onednn.operation.Convolution convolution) {
      return new Convolution(
          name,
          input,
          size(convolution.channels()),
          window(convolution.window()),
          array(convolution.weights()),
          optional(convolution.bias()));
    }
    if (operation instanceof org.roundel.onednn.operation.Linear linear) {
      return new Linear(
          name, input, size(linear.outputs()), array(linear.weights()), optional(linear.bias()));
    }
    if (operation instanceof org.roundel.onednn.operation.BatchNormalization normalization) {
      return new BatchNormalization(
          name,
          input,
          normalization.affine() == null
              ? null
              : new Affine(
                  array(normalization.affine().scale()), array(normalization.affine().shift())),
          array(normalization.running().mean()),
          array(normalization.running().variance()),
          normalization.epsilon());
    }
    if (operation instanceof org.roundel.onednn.operation.Activation activation) {
      return new Activation(
          name,
          input,
          Activation.Function.valueOf(activation.function().name()),
          activation.alpha());
    }
    if (operation instanceof org.roundel.onednn.operation.Pooling pooling) {
      return new Pooling(
          name, input, Pooling.Method.valueOf(pooling.method().name()), window(pooling.window()));
    }
    if (operation instanceof org.roundel.onednn.operation.Add) {
      return new Add(name, input, values.get(operation.inputs()[1]));
    }
    if (operation instanceof org.roundel.onednn.operation.ZeroPaddedShortcut shortcut) {
      return new ZeroPaddedShortcut(
          name, input, size(shortcut.stride()), size(shortcut.channels()));
    }
    throw new InvalidInputException(
        "the net cannot leave Roundel: operation '"
            + operation.name()
            + "' is a "
            + operation.kind()
            + ", of a kind that only its plugin knows");
  }

  /** A sum of three values is two operations of one name. */
  private String unique(String wanted) {
    String name = wanted;
    for (int number = 2; isTaken(name); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }

  private boolean isTaken(String name) {
    return operations.stream().anyMatch(operation -> operation.name().equals(name));
  }

  private static Window window(org.roundel.onednn.net.Window window) {
    return new Window(axis(window.rows()), axis(window.columns()));
  }

  private static Window.Axis axis(org.roundel.onednn.net.Window.Axis axis) {
    return new Window.Axis(
        size(axis.kernel()),
        size(axis.stride()),
        size(axis.before()),
        size(axis.behind()),
        size(axis.dilation()));
  }

  private String array(Slice slice) {
    String name = names.get(slice.offset());
    if (name == null) {
      throw new IllegalStateException("no array at " + slice);
    }
    return name;
  }

  private @Nullable String optional(@Nullable Slice slice) {
    return slice == null ? null : array(slice);
  }

  private static int size(long number) {
    return Math.toIntExact(number);
  }
}
