package org.roundel.page.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a run is doing, or how it ended. */
public enum RunPhase {
  /** Is planned; nobody has begun it. */
  WAITING,
  /** Is about to start. */
  STARTING,
  /** Opens and reads the dataset. */
  READING,
  /** Makes the net. */
  MAKING,
  /** Brings the net to where a checkpoint stands. */
  RESTORING,
  /** Makes updates. */
  TRAINING,
  /** Evaluates on the test images. */
  EVALUATING,
  /** Writes a checkpoint. */
  CHECKPOINTING,
  /** Goes on in another process, which holds the directory's lock. */
  RUNNING,
  /** Has all its epochs. */
  FINISHED,
  /** Has ended before its last epoch, and can go on. */
  STOPPED,
  /** Ended because a loss or gradient was not finite. */
  DIVERGED,
  /** Ended by any other fault. */
  FAILED,
  /** Its manifest cannot be read. */
  DAMAGED,
  /** Its directory is no longer there. */
  GONE;

  /** Returns the word that the page is told. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
