package org.roundel.reproduce.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roundel.core.run.AtomicFiles;

/**
 * Numbers that took long to compute, in a JSON file together with the parameters that they are a
 * function of: so that they are computed once, and never taken for other parameters'.
 */
public final class ResultFile {
  private static final String PARAMETERS = "parameters";
  private static final String NUMBERS = "numbers";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ResultFile() {}

  /**
   * Writes a file; a reader finds all of it or nothing.
   *
   * @param numbers finite ones, by name
   * @throws org.roundel.core.RoundelException if the file cannot be written
   */
  public static void write(
      Path file, Map<String, String> parameters, Map<String, double[]> numbers) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode given = root.putObject(PARAMETERS);
    parameters.forEach(given::put);
    ObjectNode found = root.putObject(NUMBERS);
    numbers.forEach(
        (name, values) -> {
          ArrayNode array = found.putArray(name);
          for (double value : values) {
            if (!Double.isFinite(value)) {
              throw new IllegalArgumentException(name + " has " + value + "; allowed: finite");
            }
            array.add(value);
          }
        });
    try {
      AtomicFiles.write(file, JSON.writeValueAsString(root) + "\n");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads the numbers of a file.
   *
   * @param parameters what they must have been computed from
   * @param ignored told why a file that is there is of no use
   * @return the numbers by name, or null if there is no file, it is none of ours, or it was
   *     computed from other parameters
   */
  public static @Nullable Map<String, double[]> read(
      Path file, Map<String, String> parameters, Consumer<String> ignored) {
    if (!Files.exists(file)) {
      return null;
    }
    JsonNode root;
    try {
      root = JSON.readTree(file.toFile());
    } catch (IOException unreadable) {
      ignored.accept(file + " cannot be read and is computed again");
      return null;
    }
    Map<String, String> found = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : root.path(PARAMETERS).properties()) {
      found.put(each.getKey(), each.getValue().asText());
    }
    if (!found.equals(new TreeMap<>(parameters))) {
      ignored.accept(
          file + " is of another run (" + difference(found, parameters) + ") and computed again");
      return null;
    }
    Map<String, double[]> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : root.path(NUMBERS).properties()) {
      double[] values = new double[each.getValue().size()];
      for (int i = 0; i < values.length; i++) {
        JsonNode value = each.getValue().get(i);
        if (!value.isNumber()) {
          ignored.accept(file + " holds " + value + " for a number and is computed again");
          return null;
        }
        values[i] = value.doubleValue();
      }
      numbers.put(each.getKey(), values);
    }
    return numbers;
  }

  /** Returns the first parameter that differs, with both values. */
  private static String difference(Map<String, String> found, Map<String, String> wanted) {
    for (Map.Entry<String, String> each : new TreeMap<>(wanted).entrySet()) {
      String other = found.get(each.getKey());
      if (!each.getValue().equals(other)) {
        return each.getKey()
            + " "
            + (other == null ? "missing" : other)
            + ", not "
            + each.getValue();
      }
    }
    return "it has parameters that this one has not";
  }
}
