package org.roundel.core.checkpoint;

import java.util.List;

/**
 * The newest undamaged checkpoint, open, and what had to be passed over to find it.
 *
 * @param checkpoint for the caller to close
 * @param passedOver the damaged checkpoints that are newer, newest first; the user should hear of
 *     them
 */
public record NewestCheckpoint(Checkpoint checkpoint, List<DamagedCheckpoint> passedOver) {
  /** Copies the list. */
  public NewestCheckpoint {
    passedOver = List.copyOf(passedOver);
  }
}
