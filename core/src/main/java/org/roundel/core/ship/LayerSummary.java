package org.roundel.core.ship;

import java.util.List;

/**
 * One operation of a net in numbers.
 *
 * @param name its name
 * @param kind what it computes
 * @param outputShape the shape of its output for one image
 * @param arrays its arrays, the weights first
 * @param multiplyAdds products that it adds up for one image, as {@link
 *     org.roundel.api.model.MultiplyAdds} counts them
 */
public record LayerSummary(
    String name,
    String kind,
    List<Integer> outputShape,
    List<ArraySummary> arrays,
    long multiplyAdds) {
  /** Copies the lists. */
  public LayerSummary {
    outputShape = List.copyOf(outputShape);
    arrays = List.copyOf(arrays);
  }

  /** Returns how many numbers its arrays have. */
  public long numbers() {
    return arrays.stream().mapToLong(ArraySummary::numbers).sum();
  }

  /** Returns what its arrays take, packed. */
  public long bytes() {
    return arrays.stream().mapToLong(ArraySummary::bytes).sum();
  }
}
