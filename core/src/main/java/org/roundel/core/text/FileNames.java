package org.roundel.core.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.MessageText;

/**
 * Names of files in the character set that Java takes for them from the locale.
 *
 * <p>In the locale {@code C} it is ASCII: a file called {@code ö.png} is there, and Java can
 * neither read its name nor write it.
 */
public final class FileNames {
  /** What to do about a name with a problem. */
  public static final String ADVICE =
      "Set LC_ALL to a UTF-8 locale ('locale -a' lists them), or use another name.";

  /** What Java reads in place of bytes that mean nothing in a character set. */
  private static final char UNREADABLE = '\uFFFD';

  private FileNames() {}

  /**
   * Returns why a text can be no name of a file here, as a phrase without a full stop.
   *
   * @return null if it can
   */
  public static @Nullable String problem(String text) {
    String charset = System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name());
    return problem(text, Charset.forName(charset), locale());
  }

  static @Nullable String problem(String text, Charset charset, String locale) {
    if (text.indexOf(UNREADABLE) < 0 && charset.newEncoder().canEncode(text)) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "%s is no name in %s, the character set of the locale '%s'",
        MessageText.quoted(text),
        charset,
        locale);
  }

  /** Returns the locale that decides, by the rules of POSIX. */
  private static String locale() {
    for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = System.getenv(variable);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "POSIX";
  }
}
