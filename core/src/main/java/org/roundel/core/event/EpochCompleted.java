package org.roundel.core.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One epoch was trained and evaluated.
 *
 * @param epoch the epoch, counted from 1
 * @param epochs how many the run has
 * @param step updates made since the start of the run
 * @param learningRate the rate of the epoch's last update
 * @param train loss and error over the epoch's training batches, each taken before its update, in
 *     training mode
 * @param validated whether {@code test} and {@code latentTest} are of training images that are held
 *     out for validation, and not of the test images
 * @param test loss and error on the test images with the net's (quantized) weights
 * @param latentTest the same with latent weights; null where none are kept
 * @param best whether {@code test} has the lowest error so far
 * @param seconds time spent on the epoch's updates, evaluation not counted
 * @param layers statistics of each layer's weights, in the net's order
 */
public record EpochCompleted(
    int epoch,
    int epochs,
    long step,
    double learningRate,
    Evaluation train,
    boolean validated,
    Evaluation test,
    @Nullable Evaluation latentTest,
    boolean best,
    double seconds,
    List<LayerStatistics> layers) {
  /** Copies the list. */
  public EpochCompleted {
    layers = List.copyOf(layers);
  }

  /** Returns training images per second. */
  public double imagesPerSecond() {
    return train.images() / seconds;
  }
}
