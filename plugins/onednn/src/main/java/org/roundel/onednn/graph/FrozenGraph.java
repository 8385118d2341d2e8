package org.roundel.onednn.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;
import org.roundel.onednn.program.PostOperations;

/**
 * A net whose values never change, with values of its own. Batch normalisation behind an operation
 * with weights, of which it is the only reader, goes into those weights, computed in double
 * precision.
 *
 * @param graph of the same values as the net's, for inference only
 * @param values all slices lie in it; the receiver closes it
 */
public record FrozenGraph(Graph graph, FloatPointer values) {
  /**
   * Freezes a net.
   *
   * @param net the net
   * @param values its values, read here only
   */
  public static FrozenGraph of(Graph net, FloatPointer values) {
    FrozenValues frozen = new FrozenValues(values);
    List<List<Integer>> consumers = net.consumers();
    List<Operation> operations = new ArrayList<>();
    Set<Integer> done = new HashSet<>();
    for (int value = 1; value <= net.output(); value++) {
      Operation operation = net.operations().get(value - 1);
      if (done.contains(value)) {
        operations.add(new Nothing(operation.name(), operation.inputs()[0]));
        continue;
      }
      List<Integer> readers = consumers.get(value);
      ChannelScale after = null;
      if (operation.scalesItsOutput() && readers.size() == 1) {
        after = net.operations().get(readers.get(0) - 1).scale(frozen);
      }
      if (after != null) {
        done.add(readers.get(0));
      }
      operations.add(operation.freeze(frozen, after));
    }
    return new FrozenGraph(net.with(operations), frozen.toArray());
  }

  /** What another operation has done already. */
  private record Nothing(String name, int input) implements InferenceOperation {
    @Override
    public String kind() {
      return "nothing";
    }

    @Override
    public int[] inputs() {
      return new int[] {input};
    }

    @Override
    public void infer(int value, InferenceCompiler net) {
      net.define(value, net.output(input));
    }

    @Override
    public boolean join(int read, InferenceCompiler net, PostOperations after) {
      return true;
    }
  }
}
