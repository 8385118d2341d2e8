package org.roundel.cli.runreport;

/**
 * How a run stands when its report is written.
 *
 * @param state in a word or two, as in {@code stopped early}
 * @param detail what else there is to say of it; may be empty
 */
record EndOfRun(String state, String detail) {
  static final EndOfRun FINISHED = new EndOfRun("finished", "");
  static final EndOfRun STOPPED = new EndOfRun("stopped early", "");
}
