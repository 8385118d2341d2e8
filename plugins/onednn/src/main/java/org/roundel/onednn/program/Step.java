package org.roundel.onednn.program;

/** One step of a program. */
public interface Step {
  /** Runs it; allocates nothing. */
  void run();
}
