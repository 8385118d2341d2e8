package org.roundel.onednn;

/** A net's program needs more memory than there is. Nothing was allocated. */
public final class InsufficientMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean heap;

  InsufficientMemoryException(String message) {
    this(message, false);
  }

  private InsufficientMemoryException(String message, boolean heap) {
    super(message);
    this.heap = heap;
  }

  static InsufficientMemoryException ofHeap(String message) {
    return new InsufficientMemoryException(message, true);
  }

  /** Returns whether it is the Java heap that is too small, not the native memory. */
  public boolean heap() {
    return heap;
  }
}
