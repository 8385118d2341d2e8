package org.roundel.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Tensors;

/**
 * A tensor on its way into a safetensors file: a name, an element type, a shape and the memory that
 * holds its elements.
 *
 * <p>Nothing is copied. The memory belongs to the caller, who leaves it unchanged until the file is
 * written.
 */
public final class NamedTensor {
  private final String name;
  private final ElementType type;
  private final List<Long> shape;
  private final ByteBuffer bytes;
  private final FloatBuffer floats;

  private NamedTensor(
      String name, ElementType type, List<Long> shape, ByteBuffer bytes, FloatBuffer floats) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
    this.floats = floats;
    OptionalLong expected = TensorEntry.bytes(type, shape);
    if (expected.isEmpty() || expected.getAsLong() != length()) {
      throw new IllegalArgumentException(
          "tensor " + name + " of " + type + shape + " has " + length() + " bytes");
    }
  }

  /**
   * Makes a tensor of type F32 with the array's shape, and keeps the array reachable.
   *
   * @throws IllegalArgumentException if the array is not float32, dense and in c order
   */
  public static NamedTensor of(String name, INDArray array) {
    FloatBuffer values = array.isEmpty() ? FloatBuffer.allocate(0) : Tensors.floats(array);
    return new NamedTensor(
        name, ElementType.F32, dimensions(array.shape()), ByteBuffer.allocate(0), values);
  }

  /**
   * Makes a tensor of type F32 from a buffer's remaining values.
   *
   * @throws IllegalArgumentException if the shape has another number of elements
   */
  public static NamedTensor floats(String name, FloatBuffer values, long... shape) {
    FloatBuffer own = values.slice();
    return new NamedTensor(name, ElementType.F32, dimensions(shape), ByteBuffer.allocate(0), own);
  }

  /**
   * Makes a tensor from a buffer's remaining bytes, which are the elements in little-endian order.
   *
   * @throws IllegalArgumentException if the shape takes another number of bytes
   */
  public static NamedTensor bytes(
      String name, ElementType type, ByteBuffer littleEndian, long... shape) {
    ByteBuffer own = littleEndian.slice();
    return new NamedTensor(name, type, dimensions(shape), own, FloatBuffer.allocate(0));
  }

  private static List<Long> dimensions(long[] shape) {
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(shape));
      }
    }
    return Arrays.stream(shape).boxed().toList();
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the type of the elements. */
  public ElementType type() {
    return type;
  }

  /** Returns the dimensions, outermost first. */
  public List<Long> shape() {
    return shape;
  }

  /** Returns the number of bytes. One of the two buffers is empty. */
  long length() {
    return bytes.remaining() + (long) Float.BYTES * floats.remaining();
  }

  /**
   * Copies bytes from an offset on, as many as there are and fit.
   *
   * @param offset a multiple of 8
   * @param chunk little-endian, its size a multiple of 8
   * @return the number of bytes copied to the start of the chunk
   */
  int copy(long offset, ByteBuffer chunk) {
    int length = (int) Math.min(chunk.capacity(), length() - offset);
    if (floats.hasRemaining()) {
      int first = (int) (offset / Float.BYTES);
      chunk.asFloatBuffer().put(0, floats, first, length / Float.BYTES);
    } else {
      chunk.put(0, bytes, (int) offset, length);
    }
    return length;
  }
}
