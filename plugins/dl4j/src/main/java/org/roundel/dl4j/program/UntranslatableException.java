package org.roundel.dl4j.program;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/** A layer or vertex has no counterpart among the operations. The message names it and why. */
public final class UntranslatableException extends Exception {
  private static final long serialVersionUID = 1L;

  UntranslatableException(String message) {
    super(message);
  }

  static UntranslatableException of(String name, Layer layer, String why) {
    return of("layer", name, layer.getClass(), why);
  }

  static UntranslatableException of(String name, GraphVertex vertex, String why) {
    return of("vertex", name, vertex.getClass(), why);
  }

  private static UntranslatableException of(String what, String name, Class<?> type, String why) {
    return new UntranslatableException(
        what + " '" + name + "' (" + type.getSimpleName() + "): " + why);
  }
}
