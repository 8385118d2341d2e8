package org.roundel.cli.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Dockerfile says to do.
 *
 * @param steps one after the other
 */
record Dockerfile(List<Step> steps) {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  /** An instruction and what stands behind it. */
  record Step(String instruction, String text) {
    /**
     * Returns the words of the form with brackets, which no shell sees, or else those between
     * blanks.
     */
    List<String> words() throws IOException {
      return text.startsWith("[")
          ? List.of(JsonMapper.builder().build().readValue(text, String[].class))
          : Arrays.asList(text.split("\\s+"));
    }
  }

  static Dockerfile read(Path file) throws IOException {
    List<Step> steps = new ArrayList<>();
    StringBuilder whole = new StringBuilder();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("#") || line.isBlank()) {
        continue;
      }
      boolean goesOn = line.endsWith("\\");
      whole.append(goesOn ? line.substring(0, line.length() - 1) : line);
      if (!goesOn) {
        String[] parts = whole.toString().split("\\s+", 2);
        steps.add(new Step(parts[0], parts[1].strip()));
        whole.setLength(0);
      }
    }
    return new Dockerfile(steps);
  }

  /** Returns a text with its variables replaced; one that is not known is a mistake. */
  static String expand(String text, Map<String, String> variables) {
    Matcher matcher = VARIABLE.matcher(text);
    return matcher.replaceAll(
        found -> {
          String name = found.group(1) == null ? found.group(2) : found.group(1);
          if (!variables.containsKey(name)) {
            throw new AssertionError("no variable " + name + " in: " + text);
          }
          return Matcher.quoteReplacement(variables.get(name));
        });
  }
}
