package org.roundel.api.inference;

import java.nio.FloatBuffer;

/** A trained net that is ready to be run. For one thread at a time. */
public interface Inference extends AutoCloseable {
  /**
   * Computes the scores of images, one for each class, before softmax. The same images give the
   * same scores in every call; in a batch of another size, the last bits may differ.
   *
   * <p>Both buffers are direct and in native byte order, and are read and written from position 0,
   * whatever their own positions are. Nothing else is written.
   *
   * @param images [count, channels, height, width], what the net sees: after {@link
   *     org.roundel.api.net.PixelScaling}
   * @param count how many images, at least 1; it may differ from call to call
   * @param scores written: [count, classes]
   */
  void scores(FloatBuffer images, int count, FloatBuffer scores);

  /**
   * Returns in words, on one line, what computes the net, as a run's record says it of training.
   */
  String engine();

  /** Frees what the net holds. A second call does nothing. */
  @Override
  void close();
}
