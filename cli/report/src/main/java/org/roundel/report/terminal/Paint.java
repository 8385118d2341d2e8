package org.roundel.report.terminal;

/**
 * Colors text by what it means, in the eight colors that every terminal lets its user choose.
 *
 * @param on whether the terminal shows them; else text stays as it is
 */
public record Paint(boolean on) {
  /** Leaves all text as it is. */
  public static final Paint NONE = new Paint(false);

  /** Colors what is as good as never before. */
  public String good(String text) {
    return in("32", text);
  }

  /** Colors what the user should know. */
  public String warning(String text) {
    return in("33", text);
  }

  /** Colors what went wrong. */
  public String bad(String text) {
    return in("31", text);
  }

  /** Colors what can be typed. */
  public String command(String text) {
    return in("36", text);
  }

  /** Makes what stands above other text stand out. */
  public String title(String text) {
    return in("1", text);
  }

  /** Lets what was there before stand back. */
  public String faint(String text) {
    return in("2", text);
  }

  private String in(String code, String text) {
    return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
