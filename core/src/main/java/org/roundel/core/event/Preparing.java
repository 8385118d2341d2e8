package org.roundel.core.event;

import org.roundel.core.config.RunConfiguration;

/**
 * A run is not training yet, and comes to the next part of what has to be done before.
 *
 * @param configuration what was asked for
 * @param part what it does now
 */
public record Preparing(RunConfiguration configuration, Part part) {
  /** What may take its time. */
  public enum Part {
    /** The dataset is opened and read. */
    DATA,
    /** The net is made, and compiled where it is. */
    NET,
    /** The net is brought to where a checkpoint stands. */
    CHECKPOINT
  }
}
