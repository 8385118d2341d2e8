package org.roundel.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;

/**
 * What a file says about its net beside the graph, as texts by key; lists are JSON. The keys are a
 * promise to who reads the files.
 */
final class Metadata {
  /** Longer lists of levels are cut short. */
  private static final int LISTED_LEVELS = 8;

  private Metadata() {}

  /**
   * Returns the texts by key.
   *
   * @param pixels whether the graph takes pixels and applies mean and deviation itself
   */
  static Map<String, String> of(ShippedNet net, boolean pixels) {
    NetOrigin origin = net.origin();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("model", origin.model());
    texts.put("quantizer", origin.quantizer());
    texts.put("quantize", origin.quantize());
    texts.put("grid", grid(net));
    texts.put("dataset", origin.dataset());
    texts.put("run", origin.checkpoint().run());
    texts.put("checkpoint", origin.checkpoint().name());
    texts.put("sha256", origin.checkpoint().sha256());
    texts.put("softmax", Boolean.toString(net.graph().softmax()));
    texts.put("classes", list(net.classNames().stream().map(Metadata::quoted).toList()));
    PixelScaling scaling = net.scaling();
    if (scaling != null) {
      texts.put("input", pixels ? "pixels" : "normalised");
      texts.put("mean", list(scaling.means()));
      texts.put("deviation", list(scaling.deviations()));
    }
    return texts;
  }

  private static String list(List<?> elements) {
    return elements.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int index = 0; index < text.length(); index++) {
      char letter = text.charAt(index);
      if (letter == '"' || letter == '\\') {
        quoted.append('\\').append(letter);
      } else if (letter < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
      } else {
        quoted.append(letter);
      }
    }
    return quoted.append('"').toString();
  }

  /** Returns the values that quantized weights have, each kind of levels once. */
  private static String grid(ShippedNet net) {
    TreeSet<String> grids = new TreeSet<>();
    for (String name : net.quantized()) {
      Levels levels = net.array(name).levels();
      grids.add(levels == null ? "not fixed" : words(levels));
    }
    return String.join("; ", grids);
  }

  private static String words(Levels levels) {
    if (!levels.isScaled()) {
      float[] values = levels.values(0);
      return shortened(values.length, index -> decimal(values[index]));
    }
    int[] multiples = levels.multiples();
    String words = shortened(multiples.length, index -> Integer.toString(multiples[index]));
    if (levels.divisor() == 1 && !levels.isPerFilter() && levels.scales()[0] == 1) {
      return words;
    }
    return "("
        + words
        + ")"
        + (levels.divisor() == 1 ? "" : "/" + levels.divisor())
        + " times a scale of each "
        + (levels.isPerFilter() ? "filter" : "layer");
  }

  private static String decimal(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Integer.toString((int) value)
        : Float.toString(value);
  }

  private static String shortened(int count, IntFunction<String> element) {
    StringBuilder words = new StringBuilder();
    for (int index = 0; index < count; index++) {
      if (count > LISTED_LEVELS && index == 2) {
        words.append(", ...");
        index = count - 1;
      }
      words.append(index == 0 ? "" : ", ").append(element.apply(index));
    }
    return words.toString();
  }
}
