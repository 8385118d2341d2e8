package org.roundel.dl4j.program;

import org.roundel.onednn.graph.Operation;

/**
 * A vertex of one input that says itself which operation it is in a compiled program. DL4J's own
 * cannot; what they become stands in {@link GraphTranslator}.
 */
public interface OperationVertex {
  /**
   * Returns the operation.
   *
   * @param name the vertex's name in the net
   * @param input the number of the value that it gets
   */
  Operation operation(String name, int input);
}
