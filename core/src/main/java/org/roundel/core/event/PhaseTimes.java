package org.roundel.core.event;

/**
 * How long each part of an update took, in nanoseconds.
 *
 * @param data waiting for the batch
 * @param quantize computing the net's weights from latent ones
 * @param gradients the net's forward and backward pass
 * @param update optimizer and what the quantizer does before and after it
 */
public record PhaseTimes(long data, long quantize, long gradients, long update) {
  /** Returns the time of one part. */
  public long of(StepPhase phase) {
    return switch (phase) {
      case DATA -> data;
      case QUANTIZE -> quantize;
      case GRADIENTS -> gradients;
      case UPDATE -> update;
    };
  }

  /** Returns the time of all parts. */
  public long total() {
    return data + quantize + gradients + update;
  }
}
