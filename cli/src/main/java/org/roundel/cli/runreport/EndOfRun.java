package org.roundel.cli.runreport;

import org.roundel.core.event.RunResult;

/**
 * How a run stands when its report is written.
 *
 * @param state in a word or two, as in {@code stopped early}
 * @param detail what else there is to say of it; may be empty
 */
record EndOfRun(String state, String detail) {
  private static final EndOfRun FINISHED = new EndOfRun("finished", "");
  private static final EndOfRun STOPPED = new EndOfRun("stopped early", "");

  /** Returns how a run stands that has not failed. */
  static EndOfRun of(RunResult result) {
    if (result.interrupted()) {
      return STOPPED;
    }
    return result.patience() == 0
        ? FINISHED
        : new EndOfRun(
            "finished by its patience",
            "no lower validation error in "
                + (result.patience() == 1 ? "one epoch" : result.patience() + " epochs in a row"));
  }
}
