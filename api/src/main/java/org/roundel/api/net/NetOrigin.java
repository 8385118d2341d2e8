package org.roundel.api.net;

/**
 * Where a trained net comes from, from the record of its run; for files to say, and for people.
 *
 * @param model the model's name, as in {@code resnet-20}
 * @param quantizer the quantizer's name with the options that were given, as in {@code
 *     stochastic-rounding scale=0.5}
 * @param quantize which arrays were quantized, as the run's setting says it: {@code conv}, {@code
 *     all} and so on
 * @param dataset the name of the dataset that it was trained on
 * @param checkpoint which of the run's checkpoints it is
 */
public record NetOrigin(
    String model, String quantizer, String quantize, String dataset, Checkpoint checkpoint) {
  /**
   * A checkpoint of a run.
   *
   * @param run the run's own name, from its manifest
   * @param name the checkpoint's name, as in {@code step-000001234}
   * @param sha256 of the checkpoint's weights, in lower-case hex
   */
  public record Checkpoint(String run, String name, String sha256) {}
}
