package org.roundel.onednn;

/** One step of a program. */
interface Step {
  /** Runs it; allocates nothing. */
  void run();
}
