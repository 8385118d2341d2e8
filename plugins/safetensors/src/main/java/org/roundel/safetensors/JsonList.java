package org.roundel.safetensors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Values of JSON read by what they must be; what is not so is told with its place. */
final class JsonList {
  private final String where;
  private final List<?> values;
  private int next;

  private JsonList(String where, List<?> values) {
    this.where = where;
    this.values = values;
  }

  /** Returns the elements of a list. */
  static JsonList of(String where, Object value) {
    if (value instanceof List<?> list) {
      return new JsonList(where, list);
    }
    throw fault(where, value);
  }

  /** Returns the value of a key. */
  static Object get(String where, Object object, String key) {
    Object value = object instanceof Map<?, ?> map ? map.get(key) : null;
    if (value == null) {
      throw new IllegalArgumentException(where + " has no " + key);
    }
    return value;
  }

  static IllegalArgumentException fault(String where, Object value) {
    String text = String.valueOf(value);
    return new IllegalArgumentException(
        where + " has " + (text.length() > 40 ? text.substring(0, 40) + "…" : text));
  }

  static int integer(String where, Object value) {
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e9) {
      return (int) (double) number;
    }
    throw fault(where, value);
  }

  boolean hasNext() {
    return next < values.size();
  }

  Object next() {
    if (!hasNext()) {
      throw new IllegalArgumentException(where + " has " + values.size() + " elements, too few");
    }
    return values.get(next++);
  }

  int integer() {
    return integer(where, next());
  }

  double number() {
    Object value = next();
    if (value instanceof Double number) {
      return number;
    }
    throw fault(where, value);
  }

  String text() {
    Object value = next();
    if (value instanceof String text) {
      return text;
    }
    throw fault(where, value);
  }

  /** Returns the rest as whole numbers. */
  List<Integer> integers() {
    List<Integer> integers = new ArrayList<>();
    while (hasNext()) {
      integers.add(integer());
    }
    return integers;
  }

  /** Returns the rest as numbers. */
  List<Double> numbers() {
    List<Double> numbers = new ArrayList<>();
    while (hasNext()) {
      numbers.add(number());
    }
    return numbers;
  }

  /** Returns the rest as texts. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    while (hasNext()) {
      texts.add(text());
    }
    return texts;
  }
}
