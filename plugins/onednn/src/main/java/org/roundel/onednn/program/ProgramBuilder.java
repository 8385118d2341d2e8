package org.roundel.onednn.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.ProgramArrays;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.OpenMp;
import org.roundel.onednn.net.Slice;
import org.roundel.winograd.Workspace;

/** Collects a program's steps and arrays. */
public final class ProgramBuilder {
  /** Bytes that one thread copies in about the time that it takes to wake another. */
  private static final long MOST_ALONE = 1L << 19;

  private final Device device;
  private final FloatPointer values;
  private final @Nullable FloatPointer gradients;
  private final @Nullable Constants constants;
  private final Workspace workspace;
  private final List<Program.NamedStep> steps = new ArrayList<>();
  private final ProgramArrays arrays;
  private final PrimitiveSteps primitives;
  private @Nullable WeightsCopy lastCopy;
  private Part part = new Part("", "", Part.Pass.OTHER);
  private int forwardSteps;

  /** Weights in a layout, copied by the step before a position. */
  private record WeightsCopy(Slice slice, Tensor tensor, int position) {}

  /**
   * Makes a builder.
   *
   * @param values the flat array of values that weights are read from
   * @param gradients the flat array that gradients are written to; null for a frozen net
   * @param constants what is made of a frozen net's values, which never change; null if they do
   * @param workspace what kernels in Java work in
   * @param openMp of the threads that run the program, so that those of kernels in Java can run
   *     primitives, too; null to leave all primitives to OpenMP's threads
   */
  public ProgramBuilder(
      Device device,
      FloatPointer values,
      @Nullable FloatPointer gradients,
      @Nullable Constants constants,
      Workspace workspace,
      @Nullable OpenMp openMp) {
    this.device = device;
    this.values = values;
    this.gradients = gradients;
    this.constants = constants;
    this.workspace = workspace;
    this.arrays = new ProgramArrays(device.cpu());
    this.primitives = new PrimitiveSteps(device, arrays, workspace.team(), openMp);
  }

  /** Returns what the program runs on. */
  public Device device() {
    return device;
  }

  /** Returns what kernels in Java work in. */
  public Workspace workspace() {
    return workspace;
  }

  /** Returns whether the net's values never change. */
  public boolean frozen() {
    return constants != null;
  }

  /** Returns what is made once of values that never change. */
  public Constants constants() {
    if (constants == null) {
      throw new IllegalStateException("the net's values may change");
    }
    return constants;
  }

  /** Adds steps that belong to a part of the net's work. */
  public void within(Part inner, Runnable adding) {
    Part outer = part;
    part = inner;
    try {
      adding.run();
    } finally {
      part = outer;
    }
  }

  /** Adds steps that belong to one pass of the operation whose steps are being added. */
  public void within(Part.Pass pass, Runnable adding) {
    within(new Part(part.operation(), part.kind(), pass), adding);
  }

  /** Returns a new array in the arena. */
  public Tensor allocate(memory.desc descriptor) {
    return arrays.allocate(descriptor);
  }

  /** Returns an array that takes another's place in the arena. */
  public Tensor inPlaceOf(Tensor other, memory.desc descriptor) {
    return arrays.inPlaceOf(other, descriptor);
  }

  /** Returns a part of the flat array of values. */
  public Tensor value(Slice slice, memory.desc descriptor) {
    return arrays.elsewhere(descriptor, values.getPointer(slice.offset()));
  }

  /** Returns a part of the flat array of gradients. */
  public Tensor gradient(Slice slice, memory.desc descriptor) {
    if (gradients == null) {
      throw new IllegalStateException("a frozen net has no gradients");
    }
    return arrays.elsewhere(descriptor, gradients.getPointer(slice.offset()));
  }

  /** Returns an array whose data is given before each run. */
  public Tensor input(memory.desc descriptor) {
    return arrays.elsewhere(descriptor, null);
  }

  /** Returns how the images of a batch are cut among threads. */
  public Cut cut(long batch) {
    return primitives.cut(batch);
  }

  /**
   * Returns how work is cut of which there is little or much: one thread does little sooner than it
   * wakes others.
   */
  public Cut alone(boolean little) {
    return primitives.alone(little);
  }

  /**
   * Adds a step that runs a primitive for each part of a cut.
   *
   * @param name what it does, for profiles
   */
  public void execute(String name, Cut cut, CallMaker maker) {
    List<Call> calls = primitives.make(cut, maker);
    Step step = primitives.step(name, cut, calls, steps.size());
    steps.add(new Program.NamedStep(name, part, calls.get(0).kernel(), step));
  }

  /**
   * Adds a step that runs a primitive by OpenMP's threads.
   *
   * @param name what it does, for profiles
   * @param description the primitive's description
   * @param made the primitive
   * @param arguments its arrays by oneDNN's argument number, without the scratchpad
   */
  public void execute(
      String name,
      primitive_desc_base description,
      primitive made,
      Map<Integer, Tensor> arguments) {
    execute(name, Cut.WHOLE, images -> new Call(description, made, arguments));
  }

  /** Adds a step in Java, with the arrays that it reads and writes. */
  public void compute(String name, Step step, Tensor... touched) {
    compute(name, "java", step, touched);
  }

  /**
   * Adds a step in Java that is one of several ways to do it.
   *
   * @param name what it does, for profiles
   * @param kernel which way
   * @param step the step
   * @param touched the arrays it reads and writes
   */
  public void compute(String name, String kernel, Step step, Tensor... touched) {
    for (Tensor tensor : touched) {
      tensor.touch(steps.size());
    }
    steps.add(new Program.NamedStep(name, part, kernel, step));
  }

  /** Says that the forward pass ends with the steps added so far; what follows is the loss. */
  public void endForward() {
    forwardSteps = steps.size();
  }

  /**
   * Adds a step that combines two arrays of a batch; only the first may lie in the target's place.
   */
  public void binary(String name, int algorithm, Tensor first, Tensor second, Tensor target) {
    binary(name, algorithm, first, second, target, new PostOperations());
  }

  /** Adds such a step that does something else by the way. */
  public void binary(
      String name,
      int algorithm,
      Tensor first,
      Tensor second,
      Tensor target,
      PostOperations after) {
    execute(
        name,
        cut(target.count()),
        images -> Calls.binary(device.cpu(), algorithm, first, second, target, after, images));
  }

  /** Adds a step that copies a batch into another layout. */
  public void copy(String name, Tensor from, Tensor to) {
    execute(
        name, cut(to.count()), images -> Calls.copy(device.cpu(), images.of(from), images.of(to)));
  }

  /** Adds a step that copies weights, or their gradient, into another layout. */
  public void copyWeights(String name, Tensor from, Tensor to) {
    execute(name, cutOfWeights(to), images -> Calls.copy(device.cpu(), from, to));
  }

  /** Adds a step that adds weights, or their gradient, to others, maybe in another layout. */
  public void addWeights(String name, Tensor from, Tensor to) {
    execute(name, cutOfWeights(to), images -> Calls.add(device.cpu(), from, to));
  }

  private Cut cutOfWeights(Tensor weights) {
    return alone(weights.descriptor().get_size() <= MOST_ALONE);
  }

  /** Returns a batch in a layout: itself, or a copy that a new step makes. */
  public Tensor in(memory.desc layout, Tensor tensor, String name) {
    if (same(tensor.descriptor(), layout)) {
      return tensor;
    }
    Tensor copy = allocate(layout);
    copy(name, tensor, copy);
    return copy;
  }

  /**
   * Returns weights in a layout: themselves, or a copy, which a new step makes unless the net's
   * values never change or the step before has made it.
   *
   * @param slice the weights
   * @param tensor the same as they lie
   */
  public Tensor weights(Slice slice, Tensor tensor, memory.desc layout, String name) {
    if (same(tensor.descriptor(), layout)) {
      return tensor;
    }
    if (constants != null) {
      return constants.copy(slice, tensor, layout);
    }
    WeightsCopy last = lastCopy;
    if (last != null
        && last.position == steps.size()
        && last.slice.equals(slice)
        && same(last.tensor.descriptor(), layout)) {
      return last.tensor;
    }
    Tensor copy = allocate(layout);
    copyWeights(name, tensor, copy);
    lastCopy = new WeightsCopy(slice, copy, steps.size());
    return copy;
  }

  /** Returns whether two descriptions are of the same sizes and layout. */
  public static boolean same(memory.desc one, memory.desc other) {
    return dnnl.dnnl_memory_desc_equal(one.get(), other.get()) != 0;
  }

  /**
   * Returns the program.
   *
   * @param images the array whose data is given before each run
   */
  public Program build(Tensor images) {
    arrays.place(steps.size());
    return new Program(steps, forwardSteps, arrays, images, primitives.owned());
  }
}
