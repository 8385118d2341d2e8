package org.roundel.api.model;

import java.util.Map;

/** Makes models by name, from all the plugins that the program has loaded. */
@FunctionalInterface
public interface ModelSource {
  /**
   * Makes a model; {@link ModelRequest#model} calls this.
   *
   * @param name the full name, as in {@code resnet-20}
   * @param options values of its options by name, as a user writes them
   * @param batchSize the largest batch that it will be given
   * @param asking the request of the model that asks; the images' shape, the classes and the random
   *     source are taken from it
   * @throws RuntimeException if there is no such model, an option is not allowed, the model cannot
   *     be made, or it would be made of itself; the message is for the user
   */
  Model create(String name, Map<String, String> options, int batchSize, ModelRequest asking);
}
