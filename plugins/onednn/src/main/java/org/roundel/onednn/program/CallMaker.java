package org.roundel.onednn.program;

import org.roundel.onednn.memory.Tensor;

/** Makes the primitive that computes some images of a batch, or all. */
@FunctionalInterface
public interface CallMaker {
  /** Some images of a batch. */
  @FunctionalInterface
  interface Images {
    /**
     * Returns them in an array of the batch.
     *
     * @param batch [batch, …], where the images lie one behind the other; [1, …] is the same for
     *     all images
     */
    Tensor of(Tensor batch);
  }

  /**
   * Makes it. Steps that are added meanwhile run before.
   *
   * @param images those that it computes
   */
  Call make(Images images);
}
