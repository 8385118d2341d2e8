package org.roundel.api;

import java.nio.file.Path;
import java.util.Locale;

/** Puts what comes from outside into a message for the user, whatever it consists of. */
public final class MessageText {
  /** What is longer is not read by anybody. */
  private static final int LONGEST = 100;

  private static final String SAFE_IN_A_SHELL = "_./:@+,-";

  private MessageText() {}

  /**
   * Returns a text in quotes, as in {@code 'resnet-20'}: on one line, with its control characters
   * as escapes and, where it is long, its beginning and its length.
   */
  public static String quoted(String text) {
    return "'" + bounded(text) + "'";
  }

  /**
   * Returns a text as {@link #quoted} does, without quotes.
   *
   * @return at most some hundred characters, none of them a control character
   */
  public static String bounded(String text) {
    if (text.length() <= LONGEST) {
      return visible(text);
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return visible(text.substring(0, end)) + "… (" + text.length() + " characters)";
  }

  /** Returns a text with its control characters as escapes. */
  private static String visible(String text) {
    StringBuilder visible = new StringBuilder();
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      visible.append(isControl(character) ? escape(character) : String.valueOf(character));
    }
    return visible.toString();
  }

  /**
   * Returns a path as one word of a command that can be pasted into a shell: quoted where it has to
   * be, and never taken for an option or a file of arguments.
   */
  public static String shellWord(Path path) {
    String text = path.toString();
    return shellWord(text.startsWith("-") || text.startsWith("@") ? "./" + text : text);
  }

  /** Returns a text as one word that a shell reads as this text: quoted where it has to be. */
  public static String shellWord(String text) {
    if (!text.isEmpty() && text.chars().allMatch(MessageText::isSafe)) {
      return text;
    }
    if (text.chars().noneMatch(character -> character != '\n' && isControl(character))) {
      return "'" + text.replace("'", "'\\''") + "'";
    }
    // What a terminal would act upon, in the form that shells have for it.
    StringBuilder word = new StringBuilder("$'");
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '\'' || character == '\\') {
        word.append('\\');
      }
      word.append(isControl(character) ? shellEscape(character) : String.valueOf(character));
    }
    return word.append("'").toString();
  }

  private static boolean isSafe(int character) {
    return character < 128
        && (Character.isLetterOrDigit(character) || SAFE_IN_A_SHELL.indexOf(character) >= 0);
  }

  /** Returns whether a character moves the cursor, breaks the line or does worse. */
  private static boolean isControl(int character) {
    return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
  }

  private static String escape(char character) {
    return switch (character) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, "\\u%04x", (int) character);
    };
  }

  /** All shells know the octal form; the characters beyond are rarer than old shells. */
  private static String shellEscape(char character) {
    return character < 128
        ? String.format(Locale.ROOT, "\\%03o", (int) character)
        : escape(character);
  }
}
