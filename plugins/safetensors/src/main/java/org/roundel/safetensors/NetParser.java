package org.roundel.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.Operation;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;

/** Puts a net together from its text and its numbers; checks every length before it is used. */
final class NetParser {
  private static final String NET = "the net";

  /**
   * A range of 65,536 multiples is a few characters, so arrays of the same ones share them, as all
   * arrays of a net do.
   */
  private static final int MOST_LEVELS = 1 << 20;

  private final Map<List<Object>, Levels> ranges = new HashMap<>();
  private int levelsInAll;
  private final Object text;
  private final ByteBuffer floats;
  private final ByteBuffer bits;

  private NetParser(PackedFile file) {
    text = Json.parse(file.net());
    floats = ByteBuffer.wrap(file.floats()).order(ByteOrder.LITTLE_ENDIAN);
    bits = ByteBuffer.wrap(file.bits());
  }

  /**
   * Returns the net of a file.
   *
   * @throws IllegalArgumentException if it is none
   * @throws ArithmeticException if a shape is beyond all bounds
   */
  static ShippedNet parse(PackedFile file) {
    return new NetParser(file).net();
  }

  private ShippedNet net() {
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    JsonList list = list("arrays");
    while (list.hasNext()) {
      JsonList array = JsonList.of("an array", list.next());
      if (arrays.put(array.text(), array(array)) != null) {
        throw new IllegalArgumentException("two arrays have one name");
      }
    }
    if (floats.hasRemaining() || bits.hasRemaining()) {
      throw new IllegalArgumentException("there are numbers of no array");
    }
    List<String> names = List.copyOf(arrays.keySet());
    return new ShippedNet(
        graph(names), arrays, quantized(names), scaling(), list("classes").texts(), origin());
  }

  private Object get(String key) {
    return JsonList.get(NET, text, key);
  }

  private JsonList list(String key) {
    return JsonList.of(key, get(key));
  }

  /** Reads the shape, the levels if there are any, and the numbers. */
  private NetArray array(JsonList array) {
    List<Integer> shape = JsonList.of("a shape", array.next()).integers();
    if (shape.stream().anyMatch(size -> size < 1)) {
      throw JsonList.fault("an array's shape", shape);
    }
    int length = shape.stream().reduce(1, Math::multiplyExact);
    if (!array.hasNext()) {
      return NetArray.floats(shape, floats(length));
    }
    Levels levels = levels(array.next());
    int bytes = Math.toIntExact(((long) length * levels.bits() + 7) / 8);
    if (bytes > bits.remaining()) {
      throw new IllegalArgumentException("an array of " + shape + " has too few bits");
    }
    byte[] packed = new byte[bytes];
    bits.get(packed);
    return NetArray.unpacked(shape, levels, packed);
  }

  private float[] floats(int count) {
    if (count < 0 || count > floats.remaining() / Float.BYTES) {
      throw new IllegalArgumentException("there are too few floats");
    }
    float[] values = new float[count];
    for (int index = 0; index < count; index++) {
      values[index] = floats.getFloat();
    }
    return values;
  }

  private Levels levels(Object text) {
    if (!(text instanceof Map<?, ?> fields)) {
      throw JsonList.fault("an array's levels", text);
    }
    if (fields.containsKey("table")) {
      return Levels.of(floats(integer(fields, "table")));
    }
    Object multiples = JsonList.get("levels", fields, "multiples");
    int divisor = integer(fields, "divisor");
    Levels known = ranges.get(List.of(multiples, divisor));
    if (known == null) {
      known = Levels.scaled(multiples(multiples), divisor, 1);
      levelsInAll += known.count();
      if (levelsInAll > MOST_LEVELS) {
        throw new IllegalArgumentException(
            "its arrays have more than " + MOST_LEVELS + " levels that differ");
      }
      ranges.put(List.of(multiples, divisor), known);
    }
    return known.withScales(floats(integer(fields, "scales")));
  }

  private static int integer(Object fields, String key) {
    return JsonList.integer(key, JsonList.get("levels", fields, key));
  }

  private static int[] multiples(Object text) {
    if (text instanceof List<?>) {
      return JsonList.of("multiples", text).integers().stream()
          .mapToInt(Integer::intValue)
          .toArray();
    }
    int count = integer(text, "count");
    if (count < 1 || count > 1 << Character.SIZE) {
      throw new IllegalArgumentException("there are " + count + " multiples");
    }
    int[] multiples = new int[count];
    for (int index = 0; index < count; index++) {
      multiples[index] = Math.addExact(integer(text, "first"), index * integer(text, "step"));
    }
    return multiples;
  }

  private NetGraph graph(List<String> names) {
    List<Integer> images = list("images").integers();
    if (images.size() != 3) {
      throw JsonList.fault("images", images);
    }
    List<Operation> operations = new ArrayList<>();
    OperationParser parser = new OperationParser(names);
    JsonList list = list("operations");
    while (list.hasNext()) {
      operations.add(parser.parse(list.next()));
    }
    return new NetGraph(
        ValueShape.image(images.get(0), images.get(1), images.get(2)),
        operations,
        get("softmax").equals(true));
  }

  private Set<String> quantized(List<String> names) {
    Set<String> quantized = new TreeSet<>();
    for (int position : list("quantized").integers()) {
      if (position < 0 || position >= names.size()) {
        throw JsonList.fault("quantized", position);
      }
      quantized.add(names.get(position));
    }
    return quantized;
  }

  private @Nullable PixelScaling scaling() {
    Object scaling = get("scaling");
    return scaling == Json.NULL
        ? null
        : new PixelScaling(
            JsonList.of("means", JsonList.get(NET, scaling, "means")).numbers(),
            JsonList.of("deviations", JsonList.get(NET, scaling, "deviations")).numbers());
  }

  private NetOrigin origin() {
    return new NetOrigin(
        origin("model"),
        origin("quantizer"),
        origin("quantize"),
        origin("dataset"),
        new NetOrigin.Checkpoint(origin("run"), origin("checkpoint"), origin("sha256")));
  }

  private String origin(String key) {
    Object value = JsonList.get("origin", get("origin"), key);
    if (value instanceof String words) {
      return words;
    }
    throw JsonList.fault(key, value);
  }
}
