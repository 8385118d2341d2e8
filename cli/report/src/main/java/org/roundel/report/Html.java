package org.roundel.report;

/** Text as a part of an HTML page. */
final class Html {
  private Html() {}

  /** Returns a text as it is written between tags and in quoted attributes. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(isForbidden(c) ? '\ufffd' : c);
      }
    }
    return escaped.toString();
  }

  /** HTML has no way to write most control characters. */
  private static boolean isForbidden(char c) {
    return Character.isISOControl(c) && c != '\n' && c != '\t';
  }
}
