package org.roundel.onednn.program;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.roundel.onednn.memory.ProgramArrays;
import org.roundel.onednn.memory.Tensor;

/** Steps that are planned once for a batch size and then only run. Not for several threads. */
public final class Program implements AutoCloseable {
  /**
   * A step with its name.
   *
   * @param name what it does
   * @param part what it belongs to
   * @param kernel what runs it: oneDNN's name of the kernel, "java", {@link #COPY}, {@link
   *     #VECTORS} or another name
   * @param step the step
   */
  public record NamedStep(String name, Part part, String kernel, Step step) {}

  /** The kernel of steps that copy an array into another layout. */
  public static final String COPY = "copy";

  /** The kernel of steps in Java that compute in vectors, where there is no better name. */
  public static final String VECTORS = "vectors";

  private final List<NamedStep> names;
  private final Step[] steps;
  private final int forwardSteps;
  private final ProgramArrays arrays;
  private final Tensor images;
  private final List<Pointer> owned;

  /**
   * Makes a program.
   *
   * @param forwardSteps how many of the steps are the forward pass
   * @param images the array whose data is given before each run
   * @param owned what the steps use, closed with the program
   */
  Program(
      List<NamedStep> steps,
      int forwardSteps,
      ProgramArrays arrays,
      Tensor images,
      List<Pointer> owned) {
    this.names = List.copyOf(steps);
    this.steps = names.stream().map(NamedStep::step).toArray(Step[]::new);
    this.forwardSteps = forwardSteps;
    this.arrays = arrays;
    this.images = images;
    this.owned = new ArrayList<>(owned);
  }

  /** Returns how many bytes of arena it needs. */
  public long arenaSize() {
    return arrays.arenaSize();
  }

  /** Returns its steps in their order. */
  public List<NamedStep> steps() {
    return names;
  }

  /** Makes it work in an arena of at least its size. */
  public void bind(Pointer arena) {
    arrays.bind(arena);
  }

  /** Runs all steps on a batch. */
  public void run(Pointer batch) {
    images.pointTo(batch);
    for (Step step : steps) {
      step.run();
    }
  }

  /** Runs the forward pass on a batch, without the loss. */
  public void runForward(Pointer batch) {
    images.pointTo(batch);
    for (int index = 0; index < forwardSteps; index++) {
      steps[index].run();
    }
  }

  /** Runs all steps on a batch and writes each one's time to {@code nanoseconds}. */
  public void profile(Pointer batch, long[] nanoseconds) {
    images.pointTo(batch);
    long before = System.nanoTime();
    for (int index = 0; index < steps.length; index++) {
      steps[index].run();
      long now = System.nanoTime();
      nanoseconds[index] = now - before;
      before = now;
    }
  }

  @Override
  public void close() {
    for (Pointer pointer : owned) {
      pointer.close();
    }
    owned.clear();
    arrays.close();
  }
}
