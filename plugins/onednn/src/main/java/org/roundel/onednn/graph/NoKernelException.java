package org.roundel.onednn.graph;

/** oneDNN has no kernel for an operation of the net. */
public final class NoKernelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoKernelException(String operation, RuntimeException cause) {
    super("oneDNN has no kernel for '" + operation + "' (" + cause.getMessage() + ")", cause);
  }
}
