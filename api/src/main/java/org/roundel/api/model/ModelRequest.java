package org.roundel.api.model;

import org.roundel.api.Options;
import org.roundel.api.random.RandomSource;

/**
 * What a model is to be made for.
 *
 * @param name the full name that the user selected, as in {@code resnet-56}
 * @param input the shape of the images
 * @param classes how many classes there are, at least 2
 * @param batchSize the largest batch that the model will be given
 * @param options values of the declared options and name options
 * @param random where initial weights come from; a model uses {@link RandomSource#forTensor} with
 *     the parameter's position in {@link Model#parameters()}
 */
public record ModelRequest(
    String name,
    InputShape input,
    int classes,
    int batchSize,
    Options options,
    RandomSource random) {
  /** Checks the ranges. */
  public ModelRequest {
    if (classes < 2 || batchSize < 1) {
      throw new IllegalArgumentException("classes " + classes + ", batch size " + batchSize);
    }
  }
}
