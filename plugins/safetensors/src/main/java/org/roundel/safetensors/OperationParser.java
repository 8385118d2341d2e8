package org.roundel.safetensors;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.BatchNormalization.Affine;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.Window;
import org.roundel.api.net.ZeroPaddedShortcut;

/**
 * Reads operations as {@link NetText} writes them.
 *
 * @param arrays the arrays' names, by position
 */
record OperationParser(List<String> arrays) {
  /**
   * Reads an operation.
   *
   * @throws IllegalArgumentException if it is none
   */
  Operation parse(Object text) {
    JsonList list = JsonList.of("an operation", text);
    String word = list.text();
    String name = list.text();
    int input = list.integer();
    Operation operation =
        switch (word) {
          case "convolution" ->
              new Convolution(
                  name, input, list.integer(), window(list), array(list), optional(list));
          case "linear" -> new Linear(name, input, list.integer(), array(list), optional(list));
          case "batch-normalisation" -> normalization(name, input, list);
          case "scale-shift" -> new ScaleShift(name, input, array(list), array(list));
          case "activation" ->
              new Activation(
                  name, input, Activation.Function.valueOf(constant(list)), (float) list.number());
          case "pooling" ->
              new Pooling(name, input, Pooling.Method.valueOf(constant(list)), window(list));
          case "add" -> new Add(name, input, list.integer());
          case "zero-padded-shortcut" ->
              new ZeroPaddedShortcut(name, input, list.integer(), list.integer());
          default -> throw JsonList.fault("operation '" + name + "'", word);
        };
    if (list.hasNext()) {
      throw new IllegalArgumentException("operation '" + name + "' has more than belongs to it");
    }
    return operation;
  }

  private BatchNormalization normalization(String name, int input, JsonList list) {
    float epsilon = (float) list.number();
    String scale = optional(list);
    String shift = optional(list);
    Affine affine = scale == null || shift == null ? null : new Affine(scale, shift);
    return new BatchNormalization(name, input, affine, array(list), array(list), epsilon);
  }

  private static String constant(JsonList list) {
    return list.text().toUpperCase(Locale.ROOT);
  }

  private static Window window(JsonList list) {
    JsonList numbers = JsonList.of("a window", list.next());
    return new Window(axis(numbers), axis(numbers));
  }

  private static Window.Axis axis(JsonList numbers) {
    return new Window.Axis(
        numbers.integer(),
        numbers.integer(),
        numbers.integer(),
        numbers.integer(),
        numbers.integer());
  }

  private @Nullable String optional(JsonList list) {
    Object value = list.next();
    return value == Json.NULL ? null : named(value);
  }

  private String array(JsonList list) {
    return named(list.next());
  }

  private String named(Object value) {
    int position = JsonList.integer("an array's position", value);
    if (position < 0 || position >= arrays.size()) {
      throw new IllegalArgumentException("array " + position + " of " + arrays.size());
    }
    return arrays.get(position);
  }
}
