package org.roundel.page.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Takes out of what is served what is the machine's own business: of absolute paths all but the
 * last name, of the home itself that too, and of addresses the name and password in front of an
 * {@code @}. Settings, commands, logs and messages may hold all of them.
 */
final class Discretion {
  private static final String LEFT_OUT = "…";

  /**
   * What ends a name where it stands last is part of it where it goes on, as in {@code o'brien}.
   */
  private static final String WITHIN_A_NAME = "['\"<>|](?=[\\p{L}\\p{N}/\\\\])";

  /** A name; a shell's word has a quote in it as the second. */
  private static final String NAME = "(?:[^/\\\\\\s'\"<>|]++|'\\\\''|" + WITHIN_A_NAME + ")++";

  private static final String SEPARATOR = "[/\\\\]++";

  /** What follows a name is no root. */
  private static final String BEGINNING = "(?<![\\p{L}\\p{M}\\p{N}_./\\\\-])";

  /** Two separators after a scheme begin an address, but for that of a file. */
  private static final String ROOT =
      "(?!(?<=[A-Za-z0-9+.-]:)(?<!(?i:file):)//(?!/))(?:[A-Za-z]:)?" + SEPARATOR;

  private static final String END =
      "(?=[,;:.)\\]]*+(?:\\s|$|(?!" + WITHIN_A_NAME + "|'\\\\'')['\"<>|]))";

  /** As much as there is before the last {@code @}: a password may have others. */
  private static final Pattern ACCESS = Pattern.compile("(?<=://)[^/\\s]*@");

  private final Pattern homeItself;

  /**
   * From the root to the last separator. The home may have blanks in its name, which end others.
   */
  private final Pattern directories;

  Discretion() {
    this(System.getProperty("user.home", ""));
  }

  Discretion(String home) {
    // Where the user is not known it is "?".
    String known = home.length() > 1 ? Pattern.quote(home) : "(?!)";
    homeItself = Pattern.compile(BEGINNING + known + END);
    directories =
        Pattern.compile(
            String.format(
                Locale.ROOT,
                "%1$s(?:%2$s%5$s(?:%4$s%5$s)*+|%3$s(?:%4$s%5$s)++)",
                BEGINNING,
                known,
                ROOT,
                NAME,
                SEPARATOR));
  }

  /** Returns the same with other texts. */
  JsonNode of(JsonNode json) {
    if (json instanceof TextNode text) {
      return TextNode.valueOf(of(text.textValue()));
    }
    if (json instanceof ObjectNode object) {
      ObjectNode told = object.objectNode();
      object.properties().forEach(field -> told.set(field.getKey(), of(field.getValue())));
      return told;
    }
    if (json instanceof ArrayNode array) {
      ArrayNode told = array.arrayNode(array.size());
      array.forEach(item -> told.add(of(item)));
      return told;
    }
    return json;
  }

  /** Returns a text without them. */
  String of(String text) {
    if (text.indexOf('/') < 0 && text.indexOf('\\') < 0) {
      return text;
    }
    String told = ACCESS.matcher(text).replaceAll(LEFT_OUT + "@");
    told = homeItself.matcher(told).replaceAll(LEFT_OUT);
    return directories.matcher(told).replaceAll(LEFT_OUT + "/");
  }
}
