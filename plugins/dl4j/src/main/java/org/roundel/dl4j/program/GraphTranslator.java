package org.roundel.dl4j.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.roundel.api.model.InputShape;
import org.roundel.dl4j.net.NetDefinition;
import org.roundel.dl4j.net.TensorKind;
import org.roundel.dl4j.net.TensorSpec;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.operation.Add;

/**
 * Translates a net's DL4J graph into the operations of a compiled program. What a layer becomes
 * stands in {@link LayerTranslations}.
 */
public final class GraphTranslator {
  private final NetDefinition definition;
  private final Graph.Builder graph;
  private final Map<String, Integer> values = new HashMap<>();
  private final Map<String, Slice> slices = new HashMap<>();

  private GraphTranslator(NetDefinition definition, InputShape input) {
    this.definition = definition;
    this.graph = Graph.builder(Shape.image(input.channels(), input.height(), input.width()));
    values.put(definition.configuration().getNetworkInputs().get(0), 0);
    List<TensorSpec> all = new ArrayList<>(definition.parameters());
    all.addAll(definition.buffers());
    for (TensorSpec spec : all) {
      slices.put(spec.name(), new Slice(spec.offset(), spec.length()));
    }
  }

  /**
   * Returns the net's operations.
   *
   * @throws UntranslatableException if there is a layer or vertex that has no counterpart
   */
  public static Graph translate(NetDefinition definition, InputShape input)
      throws UntranslatableException {
    try {
      return new GraphTranslator(definition, input).translate();
    } catch (IllegalArgumentException unfit) {
      throw new UntranslatableException(unfit.getMessage());
    }
  }

  private Graph translate() throws UntranslatableException {
    for (String name : definition.configuration().getTopologicalOrderStr()) {
      GraphVertex vertex = definition.configuration().getVertices().get(name);
      if (vertex == null) {
        continue; // The net's input stands in the order, but is no vertex.
      }
      List<Integer> sources = new ArrayList<>();
      for (String source : definition.configuration().getVertexInputs().get(name)) {
        sources.add(values.get(source));
      }
      values.put(name, translate(name, vertex, sources));
    }
    return graph.build(definition.hasSoftmax() ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.SQUARED_HINGE);
  }

  private int translate(String name, GraphVertex vertex, List<Integer> sources)
      throws UntranslatableException {
    if (vertex instanceof LayerVertex layer) {
      return LayerTranslations.translate(
          name, layer.getLayerConf().getLayer(), layer.getPreProcessor(), sources.get(0), this);
    }
    if (vertex instanceof ElementWiseVertex sum && sum.getOp() == ElementWiseVertex.Op.Add) {
      int total = sources.get(0);
      for (int source : sources.subList(1, sources.size())) {
        total = add(new Add(name, total, source));
      }
      return total;
    }
    if (vertex instanceof OperationVertex one) {
      return add(one.operation(name, sources.get(0)));
    }
    throw UntranslatableException.of(name, vertex, "it is not one of those that are compiled");
  }

  /**
   * Adds an operation.
   *
   * @return the number of its value
   * @throws IllegalArgumentException if it does not fit its inputs
   */
  int add(Operation operation) {
    return graph.add(operation);
  }

  /** Returns the shape of a value. */
  Shape shape(int value) {
    return graph.shape(value);
  }

  /** Returns where a layer's array lies. */
  Slice slice(String layer, TensorKind kind) {
    Slice slice = slices.get(layer + "/" + kind.suffix());
    if (slice == null) {
      throw new IllegalStateException("no " + kind + " of layer '" + layer + "'");
    }
    return slice;
  }
}
