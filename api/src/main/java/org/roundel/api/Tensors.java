package org.roundel.api;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Direct access to the numbers of an {@link INDArray}, for inner loops over single elements. */
public final class Tensors {
  /** Lets go of an array once the last buffer over its memory is gone. */
  private static final Cleaner HOLDER = Cleaner.create();

  private Tensors() {}

  /**
   * Returns the elements of a dense, c-order float32 array as a buffer over the same memory:
   * writing the buffer writes the array.
   *
   * <p>Position 0 is the array's first element, also where the array is a view into a larger one
   * (ND4J's own {@code data()} ignores a view's offset). The buffer, and every slice or duplicate
   * of it, keeps the array from being collected; it is valid until the array is closed. The call
   * copies nothing.
   *
   * @throws IllegalArgumentException if the array is not float32, not dense or not in c order
   */
  public static FloatBuffer floats(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("the array's type is " + array.dataType() + ", not FLOAT");
    }
    if (!isDense(array)) {
      throw new IllegalArgumentException(
          "the array is not dense in c order: shape "
              + Arrays.toString(array.shape())
              + ", strides "
              + Arrays.toString(array.stride()));
    }
    FloatPointer pointer = new FloatPointer(array.data().pointer());
    // The pointer is the whole buffer's, whatever part of it the array shows.
    long first = array.offset();
    ByteBuffer bytes = pointer.position(first).limit(first + array.length()).asByteBuffer();
    // By itself a buffer over native memory keeps nothing alive, and ND4J frees an array's memory
    // with the array. All views of a buffer refer to the one that was first.
    HOLDER.register(bytes, new Held(array));
    return bytes.asFloatBuffer();
  }

  /** Nothing to do, but an array to hold until then. */
  private record Held(INDArray array) implements Runnable {
    @Override
    public void run() {}
  }

  /**
   * Returns whether the array's elements lie in memory without gaps, the last dimension fastest.
   */
  public static boolean isDense(INDArray array) {
    long expected = 1;
    for (int dimension = array.rank() - 1; dimension >= 0; dimension--) {
      if (array.size(dimension) != 1 && array.stride(dimension) != expected) {
        return false;
      }
      expected *= array.size(dimension);
    }
    return true;
  }
}
