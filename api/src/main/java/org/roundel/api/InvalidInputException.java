package org.roundel.api;

/**
 * Says that the user's configuration or data is at fault, not the program.
 *
 * <p>The message is shown to the user as it is. It says what happened, where (file, option, layer),
 * what was found against what is allowed, and what to do.
 */
public class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception with a message for the user.
   *
   * @param message what, where, found against allowed, what to do
   */
  public InvalidInputException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a message for the user and the failure that led to it.
   *
   * @param message what, where, found against allowed, what to do
   * @param cause the failure underneath
   */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
