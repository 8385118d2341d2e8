package org.roundel.core.event;

/**
 * Something is about to be written into a run's directory that cannot be taken back; see {@link
 * TrainingListener#recording}.
 */
public enum Recording {
  /** The directory is made, or what a crash has left in it is brought into order. */
  RUN,
  /** The history gets a line, or loses those behind the checkpoint that the run goes back to. */
  HISTORY,
  /** A checkpoint that was written as a whole gets its name, and older ones go. */
  CHECKPOINT,
  /** What the best checkpoint does on the test images. */
  TEST
}
