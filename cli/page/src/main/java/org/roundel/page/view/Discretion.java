package org.roundel.page.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/**
 * Takes out of what is served what is the machine's own business: of absolute paths all but the
 * last name, and of addresses the name and password in front of an {@code @}. Settings, commands,
 * logs and messages may hold both.
 */
final class Discretion {
  private static final String LEFT_OUT = "…";

  /** From the root to the last separator; what follows a name, or begins an address, is no root. */
  private static final Pattern DIRECTORIES =
      Pattern.compile(
          "(?<![\\w./\\\\…@-])(?!(?<=:)//)(?:[A-Za-z]:)?[/\\\\]{1,2}"
              + "(?:[^/\\\\\\s'\"<>|]++[/\\\\])++");

  private static final Pattern ACCESS = Pattern.compile("(?<=://)[^/@\\s'\"]++@");

  private final String home = System.getProperty("user.home", "");

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
    // A home may have blanks in its name, which end a path elsewhere.
    String shorter = home.length() > 1 ? text.replace(home, LEFT_OUT) : text;
    shorter = ACCESS.matcher(shorter).replaceAll(LEFT_OUT + "@");
    return DIRECTORIES.matcher(shorter).replaceAll(LEFT_OUT + "/");
  }
}
