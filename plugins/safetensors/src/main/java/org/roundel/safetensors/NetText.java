package org.roundel.safetensors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.Operation;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.Window;
import org.roundel.api.net.ZeroPaddedShortcut;

/**
 * A net without its numbers, as JSON.
 *
 * <pre>
 *   images      [channels, height, width]
 *   softmax     whether probabilities are the softmax of the scores
 *   operations  a list each: word, name, inputs, then what the word says; see {@link #operation}
 *   arrays      a list each: name, shape, and for quantized ones {"bits": 1, "multiples": [-1, 1],
 *               "divisor": 1, "scales": 1}, how many scales lie among the floats, or {"bits": 4,
 *               "table": 5}, how many levels do
 *   quantized   the arrays that the run quantized
 *   scaling     {"means": […], "deviations": […]}, for pixels from 0 to 255; null if unknown
 *   classes     the names of the classes
 *   origin      model, quantizer, quantize, dataset, run, checkpoint, sha256 of that
 * </pre>
 *
 * Arrays are named by their position. Many multiples are {"first": -127, "step": 1, "count": 255}.
 */
final class NetText {
  private static final int MOST_LISTED = 8;

  private final Map<String, Integer> positions = new LinkedHashMap<>();

  private NetText(ShippedNet net) {
    net.arrays().keySet().forEach(name -> positions.put(name, positions.size()));
  }

  /** Returns the text. */
  static String of(ShippedNet net) {
    NetText names = new NetText(net);
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("images", net.graph().shape(0).sizes());
    text.put("softmax", net.graph().softmax());
    text.put("operations", net.graph().operations().stream().map(names::operation).toList());
    List<Object> arrays = new ArrayList<>();
    net.arrays().forEach((name, array) -> arrays.add(array(name, array)));
    text.put("arrays", arrays);
    text.put("quantized", net.quantized().stream().map(names.positions::get).toList());
    text.put("scaling", net.scaling() == null ? Json.NULL : scaling(net.scaling()));
    text.put("classes", net.classNames());
    text.put("origin", origin(net.origin()));
    return Json.text(text);
  }

  private List<Object> operation(Operation operation) {
    String name = operation.name();
    if (operation instanceof Convolution one) {
      return List.of(
          "convolution",
          name,
          one.input(),
          one.channels(),
          window(one.window()),
          position(one.weights()),
          position(one.bias()));
    }
    if (operation instanceof Linear one) {
      return List.of(
          "linear",
          name,
          one.input(),
          one.outputs(),
          position(one.weights()),
          position(one.bias()));
    }
    if (operation instanceof BatchNormalization one) {
      BatchNormalization.Affine affine = one.affine();
      return List.of(
          "batch-normalisation",
          name,
          one.input(),
          one.epsilon(),
          position(affine == null ? null : affine.scale()),
          position(affine == null ? null : affine.shift()),
          position(one.mean()),
          position(one.variance()));
    }
    if (operation instanceof ScaleShift one) {
      return List.of(
          "scale-shift", name, one.input(), position(one.scale()), position(one.shift()));
    }
    if (operation instanceof Activation one) {
      return List.of("activation", name, one.input(), word(one.function()), one.alpha());
    }
    if (operation instanceof Pooling one) {
      return List.of("pooling", name, one.input(), word(one.method()), window(one.window()));
    }
    if (operation instanceof Add one) {
      return List.of("add", name, one.left(), one.right());
    }
    if (operation instanceof ZeroPaddedShortcut one) {
      return List.of("zero-padded-shortcut", name, one.input(), one.stride(), one.channels());
    }
    throw new IllegalStateException("operation " + operation);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the position of an array, or JSON's null where there is none. */
  private Object position(@Nullable String array) {
    Integer position = array == null ? null : positions.get(array);
    return position == null ? Json.NULL : position;
  }

  /** Returns kernel, stride, padding before and behind, dilation, of rows and then columns. */
  private static List<Integer> window(Window window) {
    List<Integer> numbers = new ArrayList<>();
    for (Window.Axis axis : List.of(window.rows(), window.columns())) {
      numbers.addAll(
          List.of(axis.kernel(), axis.stride(), axis.before(), axis.behind(), axis.dilation()));
    }
    return numbers;
  }

  private static List<Object> array(String name, NetArray array) {
    Levels levels = array.levels();
    return levels == null
        ? List.of(name, array.shape())
        : List.of(name, array.shape(), levels(levels));
  }

  private static Map<String, Object> levels(Levels levels) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("bits", levels.bits());
    if (levels.isScaled()) {
      text.put("multiples", multiples(levels.multiples()));
      text.put("divisor", levels.divisor());
      text.put("scales", levels.scales().length);
    } else {
      text.put("table", levels.count());
    }
    return text;
  }

  private static Object multiples(int[] multiples) {
    int step = multiples.length < 2 ? 1 : multiples[1] - multiples[0];
    boolean even = true;
    List<Integer> list = new ArrayList<>();
    for (int index = 0; index < multiples.length; index++) {
      list.add(multiples[index]);
      even &= multiples[index] == multiples[0] + index * step;
    }
    if (!even || multiples.length <= MOST_LISTED) {
      return list;
    }
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("first", multiples[0]);
    range.put("step", step);
    range.put("count", multiples.length);
    return range;
  }

  private static Map<String, Object> scaling(PixelScaling scaling) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("means", scaling.means());
    text.put("deviations", scaling.deviations());
    return text;
  }

  private static Map<String, Object> origin(NetOrigin origin) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("model", origin.model());
    text.put("quantizer", origin.quantizer());
    text.put("quantize", origin.quantize());
    text.put("dataset", origin.dataset());
    text.put("run", origin.checkpoint().run());
    text.put("checkpoint", origin.checkpoint().name());
    text.put("sha256", origin.checkpoint().sha256());
    return text;
  }
}
