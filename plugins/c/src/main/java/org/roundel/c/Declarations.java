package org.roundel.c;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The constants of a header, each written once however often it is needed. */
final class Declarations {
  private static final int BYTES_IN_LINE = 24;
  private static final int FLOATS_IN_LINE = 8;

  private final Prefix prefix;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Declarations(Prefix prefix) {
    this.prefix = prefix;
  }

  /**
   * Returns the name of an array of numbers.
   *
   * @param comment what they are
   */
  String floats(String comment, float[] numbers) {
    StringBuilder list = new StringBuilder();
    for (int index = 0; index < numbers.length; index++) {
      list.append(index == 0 ? "" : separator(index % FLOATS_IN_LINE));
      list.append(CText.number(numbers[index]));
    }
    return array("float", "floats", comment, list.toString());
  }

  /** Returns the name of an array of bytes. */
  String bytes(String comment, byte[] bytes) {
    StringBuilder list = new StringBuilder();
    for (int index = 0; index < bytes.length; index++) {
      list.append(index == 0 ? "" : separator(index % BYTES_IN_LINE));
      list.append(bytes[index] & 0xFF);
    }
    return array("uint8_t", "bits", comment, list.toString());
  }

  private static String separator(int positionInLine) {
    return positionInLine == 0 ? ",\n    " : ", ";
  }

  private String array(String type, String kind, String comment, String list) {
    return names.computeIfAbsent(
        type + " " + list,
        key -> {
          String name = numbered(kind);
          named(type, name, comment, list);
          return prefix.lower() + "_" + name;
        });
  }

  /**
   * Writes an array that has a name of its own.
   *
   * @param list its elements
   */
  void named(String type, String name, String comment, String list) {
    text.append(
        String.format(
            Locale.ROOT,
            "/* %s */\nstatic const %s %s_%s[] = {\n    %s};\n",
            CText.comment(comment),
            type,
            prefix.lower(),
            name,
            list));
  }

  /**
   * Returns the address of a constant.
   *
   * @param kind what it is called
   * @param initialiser its value
   */
  String address(String type, String kind, String initialiser) {
    return names.computeIfAbsent(
        type + " " + kind + " " + initialiser,
        key -> {
          String name = prefix.lower() + "_" + numbered(kind);
          text.append(
              String.format(Locale.ROOT, "static const %s %s = %s;\n", type, name, initialiser));
          return "&" + name;
        });
  }

  private String numbered(String kind) {
    return kind + "_" + (counts.merge(kind, 1, Integer::sum) - 1);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
