package org.roundel.api.inference;

import org.roundel.api.ComponentFactory;
import org.roundel.api.Options;
import org.roundel.api.net.ShippedNet;

/** Makes an {@link Inference}. */
public interface InferenceFactory extends ComponentFactory {
  /**
   * Makes a net ready.
   *
   * @return the caller's to use and to close
   * @throws org.roundel.api.InvalidInputException if it cannot run the net; the message has the
   *     name of the operation in quotes, as in {@code operation 'pool1' is a pooling with dilation
   *     2}. Or if there is not memory enough
   */
  Inference create(ShippedNet net, Options options);
}
