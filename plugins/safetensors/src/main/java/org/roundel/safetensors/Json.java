package org.roundel.safetensors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Just enough JSON: objects as maps, arrays as lists, text, numbers as {@link Double}, {@link
 * Boolean}, and {@link #NULL}. Strict, and bounded in its depth, so that a file made by an enemy
 * costs no more than its length.
 */
final class Json {
  /** What stands for null. */
  static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private static final int DEEPEST = 16;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * Parses a text.
   *
   * @throws IllegalArgumentException if it is no JSON; the message says where
   */
  static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value(0);
    json.blanks();
    if (json.at != text.length()) {
      throw json.fault("something behind the end");
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw fault("more than " + DEEPEST + " levels");
    }
    blanks();
    char first = peek();
    if (first == '{') {
      return object(depth);
    }
    if (first == '[') {
      return array(depth);
    }
    if (first == '"') {
      return string();
    }
    for (Map.Entry<String, Object> word :
        Map.of("true", true, "false", (Object) false, "null", NULL).entrySet()) {
      if (text.startsWith(word.getKey(), at)) {
        at += word.getKey().length();
        return word.getValue();
      }
    }
    return number();
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    blanks();
    while (peek() != '}') {
      if (!object.isEmpty()) {
        expect(',');
        blanks();
      }
      String key = string();
      blanks();
      expect(':');
      if (object.put(key, value(depth + 1)) != null) {
        throw fault("a key twice");
      }
      blanks();
    }
    at++;
    return object;
  }

  private List<Object> array(int depth) {
    List<Object> array = new ArrayList<>();
    at++;
    blanks();
    while (peek() != ']') {
      if (!array.isEmpty()) {
        expect(',');
      }
      array.add(value(depth + 1));
      blanks();
    }
    at++;
    return array;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char character = text.charAt(at++);
      if (character < ' ') {
        throw fault("a control character in a text");
      }
      string.append(character == '\\' ? escaped() : character);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char kind = peek();
    at++;
    int plain = "\"\\/bfnrt".indexOf(kind);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (kind != 'u' || at + 4 > text.length()) {
      throw fault("an unknown escape");
    }
    String digits = text.substring(at, at + 4);
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw fault("an unknown escape");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private Double number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (!digits.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")) {
      throw fault("no value");
    }
    return Double.valueOf(digits);
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw fault("the end");
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw fault("no '" + wanted + "'");
    }
    at++;
  }

  private IllegalArgumentException fault(String found) {
    return new IllegalArgumentException("its JSON has " + found + " at character " + at);
  }

  /** Writes a value of maps, lists, text, numbers, truth values and {@link #NULL}. */
  static void write(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        write(out, entry.getKey());
        out.append(':');
        write(out, entry.getValue());
        separator = ",";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object element : list) {
        out.append(separator);
        write(out, element);
        separator = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof String string) {
      writeString(out, string);
    } else {
      out.append(value);
    }
  }

  private static void writeString(StringBuilder out, String string) {
    out.append('"');
    for (int index = 0; index < string.length(); index++) {
      char character = string.charAt(index);
      if (character == '"' || character == '\\') {
        out.append('\\').append(character);
      } else if (character < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
      } else {
        out.append(character);
      }
    }
    out.append('"');
  }
}
