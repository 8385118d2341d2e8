package org.roundel.onednn.graph;

import java.util.List;
import org.roundel.onednn.net.Shape;

/** An operation of a frozen net, which is not trained; by default it keeps its input's shape. */
public interface InferenceOperation extends Operation {
  @Override
  default Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  /** Fails: a frozen net is never trained. */
  @Override
  default void train(int value, TrainingCompiler net) {
    throw new IllegalStateException("operation '" + name() + "' is frozen");
  }
}
