package org.roundel.c;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes numbers and texts as C has them. */
final class CText {
  /** As many decimal digits name every float. */
  private static final MathContext DIGITS = new MathContext(9);

  private CText() {}

  /**
   * Returns a number, which is finite. Its digits do not depend on the version of Java, as those of
   * {@link Float#toString} do.
   */
  static String number(float value) {
    if (value == 0) {
      return Float.floatToRawIntBits(value) == 0 ? "0.0f" : "-0.0f";
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    boolean whole = rounded.scale() <= 0 && rounded.precision() - rounded.scale() <= 9;
    return whole ? rounded.toPlainString() + ".0f" : rounded + "f";
  }

  /** Returns a text in quotes; its bytes are UTF-8. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = letter >= ' ' && letter < 0x7F && "\"\\?".indexOf(letter) < 0;
      if (plain) {
        quoted.append((char) letter);
      } else {
        quoted.append(String.format(Locale.ROOT, "\\%03o", letter & 0xFF));
      }
    }
    return quoted.append('"').toString();
  }

  /** Returns a text that can stand in a comment: on one line, and not the end of it. */
  static String comment(String text) {
    return text.replaceAll("[^ -~]", "?")
        .replace("*/", "*_")
        .replace("/*", "/_")
        .replaceAll("[/\\\\]$", "_");
  }
}
