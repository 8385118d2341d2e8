package org.roundel.onednn.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.ProgramArrays;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.OpenMp;
import org.roundel.winograd.Team;

/**
 * Makes steps of primitives, by OpenMP's threads or by those of kernels in Java. oneDNN plans a
 * primitive for the number of threads that OpenMP would give it where it is made, so primitives for
 * one thread are made with that number.
 */
final class PrimitiveSteps {
  private final Device device;
  private final ProgramArrays arrays;
  private final Team team;
  private final @Nullable OpenMp openMp;
  private final List<Pointer> owned = new ArrayList<>();

  /**
   * Begins without any.
   *
   * @param openMp null if all is left to OpenMP's threads
   */
  PrimitiveSteps(Device device, ProgramArrays arrays, Team team, @Nullable OpenMp openMp) {
    this.device = device;
    this.arrays = arrays;
    this.team = team;
    this.openMp = openMp;
  }

  /** Returns what the steps use, to be closed after the last run. */
  List<Pointer> owned() {
    return owned;
  }

  /** Returns how a batch is cut. */
  Cut cut(long batch) {
    return openMp == null ? Cut.WHOLE : Cut.among(team.size(), batch);
  }

  /** Returns the cut of work that one thread does sooner than it wakes others, if it is little. */
  Cut alone(boolean little) {
    return openMp != null && little ? Cut.ALONE : Cut.WHOLE;
  }

  /** Makes the primitives of a step, one for each part. */
  List<Call> make(Cut cut, CallMaker maker) {
    OpenMp known = openMp;
    if (known == null || cut.equals(Cut.WHOLE)) {
      return List.of(maker.make(batch -> batch));
    }
    int threads = known.threads();
    known.setThreads(1);
    try {
      List<Call> calls = new ArrayList<>();
      for (int part = 0; part < cut.parts(); part++) {
        calls.add(maker.make(images(cut, part)));
      }
      return calls;
    } finally {
      known.setThreads(threads);
    }
  }

  private CallMaker.Images images(Cut cut, int part) {
    if (cut.parts() == 1) {
      return batch -> batch;
    }
    long first = cut.first(part);
    long count = cut.first(part + 1) - first;
    return batch -> batch.count() == 1 ? batch : arrays.part(batch, first, count);
  }

  /**
   * Makes a step of its primitives.
   *
   * @param position of the step in the program
   */
  Step step(String name, Cut cut, List<Call> calls, int position) {
    List<Step> parts = new ArrayList<>();
    for (Call call : calls) {
      parts.add(step(name, call, parts.size(), position));
    }
    return openMp == null || cut.equals(Cut.WHOLE)
        ? parts.get(0)
        : new TeamStep(parts, team, openMp);
  }

  private Step step(String name, Call call, int thread, int position) {
    owned.add(call.made());
    boolean scratchNeeded = call.scratch().get_size() > 0;
    int count = call.arguments().size() + (scratchNeeded ? 1 : 0);
    dnnl_exec_arg_t list = new dnnl_exec_arg_t(count);
    owned.add(list);
    int next = 0;
    for (Map.Entry<Integer, Tensor> argument : call.arguments().entrySet()) {
      argument.getValue().touch(position);
      set(list, next, argument.getKey(), argument.getValue());
      next++;
    }
    if (scratchNeeded) {
      set(list, next, dnnl.DNNL_ARG_SCRATCHPAD, arrays.scratchpad(call.scratch(), thread));
    }
    list.position(0);
    return new PrimitiveStep(
        name, call.kernel(), call.made().get(), device.work().get(), count, list);
  }

  private static void set(dnnl_exec_arg_t list, int position, int argument, Tensor tensor) {
    list.position(position).arg(argument).memory(tensor.handle().get());
  }
}
