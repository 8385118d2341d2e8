package org.roundel.dl4j.net;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where one array of a net lies in the net's flat arrays of values and gradients.
 *
 * @param layer the name of the layer
 * @param kind what the array is in its layer
 * @param shape the array's shape, the output channel first
 * @param offset the position of its first element in the flat arrays
 */
public record TensorSpec(String layer, TensorKind kind, List<Long> shape, long offset) {
  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** Returns the name that parameters and buffers go by, as in {@code conv1/weight}. */
  public String name() {
    return layer + "/" + kind.suffix();
  }

  /** Returns how many elements the array has. */
  public long length() {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return length;
  }

  /** Returns how many inputs go into one output value. */
  public long fanIn() {
    return length() / shape.get(0);
  }

  /**
   * Returns the array as a dense c-order view into a flat array of rank 1; writing one writes the
   * other.
   */
  public INDArray view(INDArray flat) {
    long[] sizes = new long[shape.size()];
    for (int dimension = 0; dimension < sizes.length; dimension++) {
      sizes[dimension] = shape.get(dimension);
    }
    return flat.get(NDArrayIndex.interval(offset, offset + length())).reshape('c', sizes);
  }
}
