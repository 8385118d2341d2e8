package org.roundel.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a JSON object from a file that somebody may have altered: a value is checked for
 * its type and range before anybody works with it.
 */
public final class JsonFields {
  private static final int SHOWN_CHARACTERS = 40;
  private static final String COUNTS = "a list of whole numbers, none of them negative";

  private static final Map<String, Double> NOT_FINITE =
      Map.of(
          "NaN",
          Double.NaN,
          "Infinity",
          Double.POSITIVE_INFINITY,
          "-Infinity",
          Double.NEGATIVE_INFINITY);

  private final JsonNode object;
  private final String path;

  private JsonFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * Returns the fields of a file's outermost object.
   *
   * @throws JsonFieldException if it is no object
   */
  public static JsonFields of(JsonNode root) throws JsonFieldException {
    if (!root.isObject()) {
      throw new JsonFieldException("holds " + shown(root) + "; allowed: a JSON object");
    }
    return new JsonFields(root, "");
  }

  /** Returns whether there is a field of this name, whatever its value. */
  public boolean has(String name) {
    return object.has(name);
  }

  /** Returns whether the field is there and null. */
  public boolean isNull(String name) {
    return object.path(name).isNull();
  }

  /** Returns a whole number. */
  public long wholeNumber(String name, long least, long most) throws JsonFieldException {
    JsonNode value = object.path(name);
    if (value.isIntegralNumber()
        && value.canConvertToLong()
        && value.longValue() >= least
        && value.longValue() <= most) {
      return value.longValue();
    }
    throw fault(name, least == most ? "" + least : "a whole number from " + least + " to " + most);
  }

  /** Returns a whole number of 32 bits. */
  public int integer(String name, int least, int most) throws JsonFieldException {
    return (int) wholeNumber(name, least, most);
  }

  /** Returns a finite number. */
  public double real(String name, double least, double most) throws JsonFieldException {
    JsonNode value = object.path(name);
    double number = value.doubleValue();
    if (value.isNumber() && number >= least && number <= most && Double.isFinite(number)) {
      return number;
    }
    throw fault(name, "a number from " + least + " to " + most);
  }

  /** Returns a number that may be NaN or infinite, which JSON has as text. */
  public double measured(String name) throws JsonFieldException {
    JsonNode value = object.path(name);
    if (value.isTextual() && NOT_FINITE.containsKey(value.textValue())) {
      return NOT_FINITE.get(value.textValue());
    }
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      return value.doubleValue();
    }
    throw fault(name, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
  }

  /** Returns a truth value. */
  public boolean flag(String name) throws JsonFieldException {
    if (object.path(name).isBoolean()) {
      return object.path(name).booleanValue();
    }
    throw fault(name, "true or false");
  }

  /** Returns a text that is not empty. */
  public String text(String name, int mostCharacters) throws JsonFieldException {
    JsonNode value = object.path(name);
    if (value.isTextual()
        && !value.textValue().isEmpty()
        && value.textValue().length() <= mostCharacters) {
      return value.textValue();
    }
    throw fault(name, "a text of 1 to " + mostCharacters + " characters");
  }

  /** Returns one of some words. */
  public String word(String name, List<String> allowed) throws JsonFieldException {
    if (object.path(name).isTextual() && allowed.contains(object.path(name).textValue())) {
      return object.path(name).textValue();
    }
    throw fault(name, "one of " + String.join(", ", allowed));
  }

  /** Returns an object within this one. */
  public JsonFields object(String name) throws JsonFieldException {
    if (object.path(name).isObject()) {
      return new JsonFields(object.path(name), path + name + ".");
    }
    throw fault(name, "a JSON object");
  }

  /** Returns the objects of a list. */
  public List<JsonFields> objects(String name) throws JsonFieldException {
    JsonNode list = object.path(name);
    if (!list.isArray()) {
      throw fault(name, "a list of JSON objects");
    }
    List<JsonFields> items = new ArrayList<>();
    for (int index = 0; index < list.size(); index++) {
      String where = name + "[" + index + "]";
      if (!list.get(index).isObject()) {
        throw new JsonFieldException(
            "has " + shown(list.get(index)) + " as " + path + where + "; allowed: a JSON object");
      }
      items.add(new JsonFields(list.get(index), path + where + "."));
    }
    return items;
  }

  /** Returns a list of whole numbers, none of them negative. */
  public List<Long> counts(String name) throws JsonFieldException {
    JsonNode list = object.path(name);
    List<Long> counts = new ArrayList<>();
    for (JsonNode item : list) {
      if (!item.isIntegralNumber() || !item.canConvertToLong() || item.longValue() < 0) {
        throw fault(name, COUNTS);
      }
      counts.add(item.longValue());
    }
    if (!list.isArray()) {
      throw fault(name, COUNTS);
    }
    return counts;
  }

  /** Returns this object's fields, each of which is an object. */
  public Map<String, JsonFields> allObjects() throws JsonFieldException {
    Map<String, JsonFields> objects = new LinkedHashMap<>();
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      objects.put(name, object(name));
    }
    return objects;
  }

  /** Returns this object's fields as text: numbers, truth values and texts, and lists of those. */
  public Map<String, String> allTexts() throws JsonFieldException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      texts.put(name, plain(name, object.path(name)));
    }
    return texts;
  }

  private String plain(String name, JsonNode value) throws JsonFieldException {
    if (value.isTextual() || value.isNumber() || value.isBoolean()) {
      return value.asText();
    }
    if (!value.isArray()) {
      throw fault(name, "a number, a text, true or false, or a list of them");
    }
    List<String> items = new ArrayList<>();
    for (JsonNode item : value) {
      if (item.isContainerNode()) {
        throw fault(name, "a list of numbers or texts");
      }
      items.add(item.asText());
    }
    return String.join(",", items);
  }

  /** Returns a failure that says what a field holds and what it may hold. */
  public JsonFieldException fault(String name, String allowed) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      return new JsonFieldException("lacks " + path + name + "; expected: " + allowed);
    }
    return new JsonFieldException(
        "has " + shown(value) + " as " + path + name + "; allowed: " + allowed);
  }

  private static String shown(JsonNode value) {
    if (value.isMissingNode()) {
      return "nothing";
    }
    String text = value.toString();
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, SHOWN_CHARACTERS) + "\u2026";
  }
}
