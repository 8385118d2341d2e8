package org.roundel.dl4j.net;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.PassTime;
import org.roundel.api.random.RandomSource;

/**
 * Runs a {@link NetDefinition}. Used by one thread at a time.
 *
 * <p>All executors share one memory layout: two flat arrays in which {@link TensorSpec} says where
 * each tensor lies.
 */
public interface NetExecutor extends AutoCloseable {
  /** Returns the flat array of all values, rank 1; writing it changes the net. */
  INDArray values();

  /** Returns the flat array of all gradients, rank 1. The buffers' part of it means nothing. */
  INDArray gradients();

  /**
   * Runs forward and backward in training mode: overwrites {@link #gradients()} with those of the
   * mean loss, and brings the running statistics up to date.
   *
   * @param images shape [size, channels, height, width]
   * @param labels the class of each image
   * @param targets what the loss is made of in place of the labels, [size, classes]; null for them
   * @param random where noise in the net comes from
   */
  BatchResult train(INDArray images, int[] labels, @Nullable INDArray targets, RandomSource random);

  /**
   * Runs forward in training mode and makes the running statistics those of the batch and of images
   * before it together: the mean and the unbiased variance of all values of a channel. The
   * gradients mean nothing afterwards.
   *
   * @param imagesBefore how many images the statistics are of already, 0 to begin anew
   */
  void estimateStatistics(INDArray images, long imagesBefore, RandomSource random);

  /**
   * Runs forward in inference mode.
   *
   * @param scores written as by {@link #predict}; null if they are not wanted
   */
  BatchResult evaluate(INDArray images, int[] labels, @Nullable INDArray scores);

  /** Does so without scores. */
  default BatchResult evaluate(INDArray images, int[] labels) {
    return evaluate(images, labels, null);
  }

  /**
   * Runs forward in inference mode for the scores that the loss is computed from.
   *
   * @param scores written: float32, dense, c order, [size, classes]
   */
  void predict(INDArray images, INDArray scores);

  /** Returns what computes the net, as {@link org.roundel.api.model.Model#engine} says it. */
  String engine();

  /**
   * Measures the passes of {@link #train}, as {@link org.roundel.api.model.Model#profile} does.
   *
   * @return the passes; empty if it cannot tell them apart
   */
  List<PassTime> profile(INDArray images, int[] labels, RandomSource random, int runs);

  /** Frees native memory; a second call does nothing. */
  @Override
  void close();
}
