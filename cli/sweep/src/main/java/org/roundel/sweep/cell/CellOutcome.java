package org.roundel.sweep.cell;

/** What became of a cell. */
public enum CellOutcome {
  /** It was finished before. */
  FOUND,
  /** It was trained to its end now, from the start or from a checkpoint. */
  TRAINED,
  /** It was told to stop; a checkpoint was written. */
  INTERRUPTED,
  /** Another process is training it. */
  IN_USE,
  /** Another process has taken it over; nothing was written since this one knows. */
  TAKEN_OVER,
  /** It needs more memory than there is here. */
  TOO_LARGE,
  /** Its training diverged; the last good state was kept. */
  DIVERGED,
  /** It could not be trained to its end. */
  FAILED
}
