package org.roundel.core.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.api.Option;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.JsonFields;

/** Writes settings as JSON: numbers as numbers, lists as lists. */
public final class ConfigurationJson {
  private static final double LARGEST_EXACT = 1e15;

  private ConfigurationJson() {}

  /**
   * Returns settings as a JSON object.
   *
   * @param values checked values by name
   * @param componentOptions finds the declared option of a name such as {@code quantizer.delta}
   */
  static ObjectNode of(
      Map<String, String> values, Function<String, @Nullable Option<?>> componentOptions) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    values.forEach(
        (key, text) -> {
          Option<?> option = RunSettings.find(key);
          option = option == null ? componentOptions.apply(key) : option;
          put(object, key, option == null ? text : option.parse(text));
        });
    return object;
  }

  /** Returns a configuration whose values are written as they come back out of JSON. */
  public static RunConfiguration canonical(
      RunConfiguration configuration, Function<String, @Nullable Option<?>> componentOptions) {
    try {
      return RunConfiguration.of(
          JsonFields.of(of(configuration.resolved(), componentOptions)).allTexts());
    } catch (JsonFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void put(ObjectNode object, String key, Object value) {
    if (value instanceof Integer number) {
      object.put(key, number);
    } else if (value instanceof Long number) {
      object.put(key, number);
    } else if (value instanceof Double number) {
      boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_EXACT;
      if (whole) {
        object.put(key, number.longValue());
      } else {
        object.put(key, number);
      }
    } else if (value instanceof Boolean flag) {
      object.put(key, flag);
    } else if (value instanceof List<?> list) {
      ArrayNode array = object.putArray(key);
      list.forEach(item -> array.addPOJO(item));
    } else {
      object.put(key, value.toString());
    }
  }
}
