package org.roundel.cli.benchmark;

/** Is told how a benchmark gets on; never within the time that is measured. */
public interface BenchmarkListener {
  /** The net is made, and is now going to be measured. */
  void started(BenchmarkedNet net);

  /**
   * Measuring begins, or a step was made.
   *
   * @param what what is done next, in a few words
   * @param done how much is done, in parts of about the same time; 0 at first
   * @param all how much there is to do
   */
  default void progressed(String what, long done, long all) {}
}
