package org.roundel.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** Steps that are planned once for a batch size and then only run. Not for several threads. */
final class Program implements AutoCloseable {
  /**
   * A step with its name.
   *
   * @param name what it does
   * @param kernel what runs it: oneDNN's name of the kernel, or "java"
   * @param step the step
   */
  record NamedStep(String name, String kernel, Step step) {}

  private final List<NamedStep> names;
  private final Step[] steps;
  private final List<Tensor> tensors;
  private final List<Tensor> scratchpads;
  private final @Nullable Region scratchpad;
  private final long arenaSize;
  private final List<Pointer> owned;
  private final Tensor images;
  private final int forwardSteps;
  private @Nullable Pointer boundTo;

  Program(
      List<NamedStep> steps,
      List<Tensor> tensors,
      List<Tensor> scratchpads,
      @Nullable Region scratchpad,
      long arenaSize,
      List<Pointer> owned,
      Tensor images,
      int forwardSteps) {
    this.names = List.copyOf(steps);
    this.steps = names.stream().map(NamedStep::step).toArray(Step[]::new);
    this.tensors = List.copyOf(tensors);
    this.scratchpads = List.copyOf(scratchpads);
    this.scratchpad = scratchpad;
    this.arenaSize = arenaSize;
    this.owned = new ArrayList<>(owned);
    this.images = images;
    this.forwardSteps = forwardSteps;
  }

  /** Returns how many bytes of arena it needs. */
  long arenaSize() {
    return arenaSize;
  }

  List<NamedStep> steps() {
    return names;
  }

  /** Makes it work in an arena of at least its size. */
  void bind(Pointer arena) {
    if (arena.equals(boundTo)) {
      return;
    }
    for (Tensor tensor : tensors) {
      tensor.bind(arena);
    }
    if (scratchpad != null) {
      Pointer scratch = arena.getPointer(scratchpad.offset());
      for (Tensor user : scratchpads) {
        user.pointTo(scratch);
      }
    }
    boundTo = arena;
  }

  /** Runs all steps on a batch. */
  void run(Pointer batch) {
    images.pointTo(batch);
    for (Step step : steps) {
      step.run();
    }
  }

  /** Runs the forward pass on a batch, without the loss. */
  void runForward(Pointer batch) {
    images.pointTo(batch);
    for (int index = 0; index < forwardSteps; index++) {
      steps[index].run();
    }
  }

  /** Runs all steps on a batch and adds each one's time to {@code nanoseconds}. */
  void profile(Pointer batch, long[] nanoseconds) {
    images.pointTo(batch);
    long before = System.nanoTime();
    for (int index = 0; index < steps.length; index++) {
      steps[index].run();
      long now = System.nanoTime();
      nanoseconds[index] += now - before;
      before = now;
    }
  }

  @Override
  public void close() {
    for (Pointer pointer : owned) {
      pointer.close();
    }
    owned.clear();
  }
}
