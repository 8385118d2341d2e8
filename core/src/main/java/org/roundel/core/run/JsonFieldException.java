package org.roundel.core.run;

/** A field of a JSON file is not what the program writes there. */
public final class JsonFieldException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a failure.
   *
   * @param fault what is wrong with which field, a phrase that follows the file's name
   */
  public JsonFieldException(String fault) {
    super(fault);
  }

  /** Returns what is wrong with which field, a phrase that follows the file's name. */
  public String fault() {
    return String.valueOf(getMessage());
  }
}
