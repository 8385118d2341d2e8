package org.roundel.onednn.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.roundel.onednn.net.Slice;

/** The values of a net while it is frozen: the net's own are read, and the frozen net's written. */
public final class FrozenValues {
  private final FloatPointer values;
  private final Map<Slice, Slice> kept = new HashMap<>();
  private final List<float[]> written = new ArrayList<>();
  private long length;

  FrozenValues(FloatPointer values) {
    this.values = values;
  }

  /** Returns the net's values of a slice. */
  public float[] read(Slice slice) {
    float[] numbers = new float[Math.toIntExact(slice.length())];
    values.getPointer(slice.offset()).get(numbers);
    return numbers;
  }

  /** Gives the frozen net values of the net as they are; the same slice is there once only. */
  public Slice keep(Slice slice) {
    return kept.computeIfAbsent(slice, key -> write(read(key)));
  }

  /** Gives the frozen net new values, and returns where they will lie. */
  public Slice write(float[] numbers) {
    Slice slice = new Slice(length, numbers.length);
    written.add(numbers);
    length += numbers.length;
    return slice;
  }

  /** Returns all values of the frozen net. */
  FloatPointer toArray() {
    FloatPointer array = new FloatPointer(Math.max(1, length));
    long at = 0;
    for (float[] numbers : written) {
      array.getPointer(at).put(numbers);
      at += numbers.length;
    }
    return array;
  }
}
