package org.roundel.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A function of a shell that does something else for each of its first argument's values. */
final class CaseTable {
  private final String name;
  private final String before;
  private final Map<String, List<String>> patterns = new LinkedHashMap<>();

  /**
   * Makes one.
   *
   * @param name the function's name
   * @param before what it does first
   */
  CaseTable(String name, String before) {
    this.name = name;
    this.before = before;
  }

  /**
   * Adds a value.
   *
   * @param pattern the value, quoted where it has to be
   * @param statement what is done
   */
  void put(String pattern, String statement) {
    patterns.computeIfAbsent(statement, first -> new ArrayList<>()).add(pattern);
  }

  /** Returns the function. */
  String text() {
    StringBuilder text = new StringBuilder(name + "() {\n  " + before + "\n  case $1 in\n");
    patterns.forEach(
        (statement, values) ->
            text.append("    ")
                .append(String.join(" | ", values))
                .append(")\n      ")
                .append(statement)
                .append(" ;;\n"));
    return text.append("  esac\n}\n\n").toString();
  }

  /** Returns a text as a shell takes it for one word. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** Returns the statement that prints lines. */
  static String lines(List<String> lines) {
    StringBuilder text = new StringBuilder("lines");
    for (String line : lines) {
      text.append(" \\\n        ").append(quoted(line));
    }
    return text.toString();
  }

  /** Returns a candidate with its meaning, cut to what a list of them has room for. */
  static String candidate(String word, String meaning) {
    String plain = meaning.replaceAll("\\s+", " ").strip();
    return word + "\t" + (plain.length() > 60 ? plain.substring(0, 57) + "..." : plain);
  }
}
