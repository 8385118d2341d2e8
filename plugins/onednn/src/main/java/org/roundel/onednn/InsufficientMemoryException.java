package org.roundel.onednn;

/** A net's program needs more memory than there is. Nothing was allocated. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InsufficientMemoryException(String message) {
    super(message);
  }
}
