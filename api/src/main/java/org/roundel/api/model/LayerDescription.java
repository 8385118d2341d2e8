package org.roundel.api.model;

import java.util.List;

/**
 * One layer of a net, or whatever else its graph is made of, in words and numbers.
 *
 * @param name unique in the net, as in {@code stage1-block2-conv1}
 * @param kind what it computes: {@code convolution}, {@code linear}, {@code batch-normalisation},
 *     {@code relu} or another activation's name, {@code max-pooling}, {@code average-pooling},
 *     {@code global-average-pooling}, {@code dropout}, {@code add}, or a word of the toolkit's own;
 *     its form is {@link org.roundel.api.ComponentFactory#NAME_PATTERN}
 * @param outputShape the shape of its output for one image: [channels, height, width] or [outputs]
 * @param parameters the names of its trained arrays; each parameter of a net belongs to one layer
 * @param multiplyAdds its arithmetic for one image
 */
public record LayerDescription(
    String name,
    String kind,
    List<Integer> outputShape,
    List<String> parameters,
    MultiplyAdds multiplyAdds) {
  /** Copies the lists. */
  public LayerDescription {
    outputShape = List.copyOf(outputShape);
    parameters = List.copyOf(parameters);
  }
}
