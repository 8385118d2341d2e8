package org.roundel.core.record;

/**
 * A place in a run, between two updates.
 *
 * @param epoch the epoch being trained, counted from 1; one more than the last once that is
 *     evaluated
 * @param stepsDone updates made since the start of the run
 */
public record RunPosition(int epoch, long stepsDone) implements Comparable<RunPosition> {
  /** Before the first update. */
  public static final RunPosition START = new RunPosition(1, 0);

  /** Behind all others. */
  static final RunPosition END = new RunPosition(Integer.MAX_VALUE, Long.MAX_VALUE);

  /** Two after the same update differ by whether the epoch's evaluation is done. */
  @Override
  public int compareTo(RunPosition other) {
    int bySteps = Long.compare(stepsDone, other.stepsDone);
    return bySteps == 0 ? Integer.compare(epoch, other.epoch) : bySteps;
  }

  public boolean isBefore(RunPosition other) {
    return compareTo(other) < 0;
  }
}
