package org.roundel.core;

import org.jspecify.annotations.Nullable;

/**
 * A failure with a message for the user: what happened, where, found against allowed, what to do.
 *
 * <p>Any other exception that leaves the core is a fault of the program.
 */
public class RoundelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  /**
   * Makes a failure.
   *
   * @param kind whose fault it is
   * @param message complete, for the user
   */
  public RoundelException(ErrorKind kind, String message) {
    this(kind, message, null);
  }

  /**
   * Makes a failure with the exception that led to it.
   *
   * @param kind whose fault it is
   * @param message complete, for the user
   * @param cause the exception underneath, or null
   */
  public RoundelException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Returns whose fault it is. */
  public ErrorKind kind() {
    return kind;
  }
}
