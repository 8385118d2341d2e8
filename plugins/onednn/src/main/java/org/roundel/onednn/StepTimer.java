package org.roundel.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.roundel.onednn.program.Program;
import org.roundel.onednn.program.Program.NamedStep;

/** Runs a program some times and keeps how long each of its steps took. */
final class StepTimer {
  /** Runs before those that count: Java's compiler needs some for the kernels in Java. */
  static final int WARM_UP = 3;

  private final Program program;
  private final long[][] nanoseconds;

  StepTimer(Program program, int runs) {
    this.program = program;
    this.nanoseconds = new long[runs][program.steps().size()];
  }

  Program program() {
    return program;
  }

  /** Returns whether another program's steps have the same kernels in the same order. */
  boolean sameKernels(Program other) {
    return kernels(program).equals(kernels(other));
  }

  private static List<String> kernels(Program program) {
    return program.steps().stream().map(NamedStep::kernel).toList();
  }

  /**
   * Runs the program.
   *
   * @param run the number of the run from 0; a negative one does not count
   */
  void run(Pointer images, int run) {
    if (run < 0) {
      program.run(images);
    } else {
      program.profile(images, nanoseconds[run]);
    }
  }

  /** Returns the steps in their order. */
  List<StepTime> times() {
    List<StepTime> times = new ArrayList<>();
    for (int index = 0; index < program.steps().size(); index++) {
      int position = index;
      long[] sorted = Arrays.stream(nanoseconds).mapToLong(run -> run[position]).sorted().toArray();
      NamedStep step = program.steps().get(index);
      times.add(new StepTime(step.name(), step.part(), step.kernel(), sorted[sorted.length / 2]));
    }
    return times;
  }
}
