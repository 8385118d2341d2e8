package org.roundel.dl4j.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.api.model.Pass;
import org.roundel.api.model.PassTime;
import org.roundel.api.model.PassTime.KernelTime;
import org.roundel.onednn.StepTime;
import org.roundel.onednn.program.Part;
import org.roundel.onednn.program.Program;

/** The times of programs' steps as those of a net's passes. */
final class PassTimes {
  private PassTimes() {}

  /**
   * Returns the passes of a net.
   *
   * @param programs the steps of its program, and of those that compute the same otherwise; a pass
   *     takes its other kernel from the first of these that has another
   */
  static List<PassTime> of(List<List<StepTime>> programs) {
    List<Map<Part, KernelTime>> ways = programs.stream().map(PassTimes::byPart).toList();
    List<PassTime> times = new ArrayList<>();
    ways.get(0)
        .forEach(
            (part, chosen) ->
                times.add(
                    new PassTime(
                        part.operation(),
                        part.kind(),
                        Pass.valueOf(part.pass().name()),
                        chosen,
                        other(part, chosen, ways))));
    return List.copyOf(times);
  }

  private static @Nullable KernelTime other(
      Part part, KernelTime chosen, List<Map<Part, KernelTime>> ways) {
    for (Map<Part, KernelTime> way : ways) {
      KernelTime time = way.get(part);
      if (time != null && !time.kernel().equals(chosen.kernel())) {
        return time;
      }
    }
    return null;
  }

  /** Adds up what belongs together; what only copies for a kernel does not give it its name. */
  private static Map<Part, KernelTime> byPart(List<StepTime> steps) {
    Map<Part, KernelTime> parts = new LinkedHashMap<>();
    for (StepTime step : steps) {
      KernelTime time = new KernelTime(step.kernel(), step.nanoseconds());
      parts.merge(step.part(), time, PassTimes::together);
    }
    return parts;
  }

  private static KernelTime together(KernelTime first, KernelTime next) {
    return new KernelTime(
        first.kernel().equals(Program.COPY) ? next.kernel() : first.kernel(),
        first.nanoseconds() + next.nanoseconds());
  }
}
