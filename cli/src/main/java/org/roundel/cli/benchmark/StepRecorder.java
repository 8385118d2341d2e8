package org.roundel.cli.benchmark;

import java.util.ArrayList;
import java.util.List;

/** Collects the times of a number of steps that is known before. Used by one thread. */
public final class StepRecorder {
  private final List<String> phases;
  private final List<long[]> phaseNanos = new ArrayList<>();
  private final long[] stepNanos;
  private int recorded;

  /**
   * Makes room for the times.
   *
   * @param phases words for the parts of a step
   * @param steps how many steps will be recorded, at least 1
   */
  public StepRecorder(List<String> phases, int steps) {
    this.phases = List.copyOf(phases);
    this.stepNanos = new long[steps];
    for (int phase = 0; phase < phases.size(); phase++) {
      phaseNanos.add(new long[steps]);
    }
  }

  /** Records a step's time and, in their order, its parts', all in nanoseconds. */
  public void record(long step, long... parts) {
    if (parts.length != phaseNanos.size()) {
      throw new IllegalArgumentException(parts.length + " times for " + phases);
    }
    stepNanos[recorded] = step;
    for (int phase = 0; phase < parts.length; phase++) {
      phaseNanos.get(phase)[recorded] = parts[phase];
    }
    recorded++;
  }

  /** Returns the summary of all steps, each of which had this many images. */
  public StepTimes times(int images) {
    if (recorded < stepNanos.length) {
      throw new IllegalStateException(recorded + " of " + stepNanos.length + " steps recorded");
    }
    List<StepTimes.PhaseTime> parts = new ArrayList<>();
    for (int phase = 0; phase < phases.size(); phase++) {
      parts.add(new StepTimes.PhaseTime(phases.get(phase), Times.ofNanos(phaseNanos.get(phase))));
    }
    return new StepTimes(images, recorded, parts, Times.ofNanos(stepNanos));
  }
}
