package org.roundel.onednn.program;

/**
 * What a step of a program belongs to.
 *
 * @param operation the operation's name
 * @param kind what is computed, in a word
 * @param pass which pass of the operation
 */
public record Part(String operation, String kind, Pass pass) {
  /** A pass of an operation. */
  public enum Pass {
    /** From the input to the output. */
    FORWARD,
    /** From the output's gradient to the input's. */
    INPUT_GRADIENT,
    /** From the output's gradient to that of the weights. */
    WEIGHTS_GRADIENT,
    /** Both gradients at once, or none of these. */
    OTHER
  }

  /** What copies arrays into other layouts, for an operation. */
  public static Part copy(String operation) {
    return new Part(operation, "copy", Pass.OTHER);
  }
}
