package org.roundel.onednn.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.ProgramArrays;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Slice;
import org.roundel.winograd.Workspace;

/** Collects a program's steps and arrays. */
public final class ProgramBuilder {
  private final Device device;
  private final FloatPointer values;
  private final @Nullable FloatPointer gradients;
  private final @Nullable Constants constants;
  private final Workspace workspace;
  private final List<Program.NamedStep> steps = new ArrayList<>();
  private final ProgramArrays arrays;
  private final List<Pointer> owned = new ArrayList<>();
  private Part part = new Part("", "", Part.Pass.OTHER);
  private int forwardSteps;

  /**
   * Makes a builder.
   *
   * @param values the flat array of values that weights are read from
   * @param gradients the flat array that gradients are written to; null for a frozen net
   * @param constants what is made of a frozen net's values, which never change; null if they do
   * @param workspace what kernels in Java work in
   */
  public ProgramBuilder(
      Device device,
      FloatPointer values,
      @Nullable FloatPointer gradients,
      @Nullable Constants constants,
      Workspace workspace) {
    this.device = device;
    this.values = values;
    this.gradients = gradients;
    this.constants = constants;
    this.workspace = workspace;
    this.arrays = new ProgramArrays(device.cpu());
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

  /**
   * Adds a step that runs a primitive.
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
    execute(name, description.impl_info_str().getString(), description, made, arguments);
  }

  private void execute(
      String name,
      String kernel,
      primitive_desc_base description,
      primitive made,
      Map<Integer, Tensor> arguments) {
    owned.add(made);
    memory.desc scratch = description.scratchpad_desc();
    boolean scratchNeeded = scratch.get_size() > 0;
    dnnl_exec_arg_t list = new dnnl_exec_arg_t(arguments.size() + (scratchNeeded ? 1 : 0));
    owned.add(list);
    int position = 0;
    for (Map.Entry<Integer, Tensor> argument : arguments.entrySet()) {
      argument.getValue().touch(steps.size());
      set(list, position, argument.getKey(), argument.getValue());
      position++;
    }
    if (scratchNeeded) {
      set(list, position, dnnl.DNNL_ARG_SCRATCHPAD, arrays.scratchpad(scratch));
      position++;
    }
    int count = position;
    list.position(0);
    dnnl_primitive handle = made.get();
    dnnl_stream stream = device.work().get();
    steps.add(
        new Program.NamedStep(
            name,
            part,
            kernel,
            () -> {
              int status = dnnl.dnnl_primitive_execute(handle, stream, count, list);
              if (status != dnnl.dnnl_success) {
                throw new IllegalStateException(
                    "oneDNN could not run " + name + " (" + kernel + "): status " + status);
              }
            }));
  }

  private static void set(dnnl_exec_arg_t list, int position, int argument, Tensor tensor) {
    list.position(position).arg(argument).memory(tensor.handle().get());
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

  /** Adds a step that combines two arrays; only the first may lie in the target's place. */
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
    binary.primitive_desc description =
        new binary.primitive_desc(
            device.cpu(),
            algorithm,
            first.descriptor(),
            second.descriptor(),
            target.descriptor(),
            after.attributes(),
            false);
    Map<Integer, Tensor> arguments = new HashMap<>(after.arguments());
    arguments.put(dnnl.DNNL_ARG_SRC_0, first);
    arguments.put(dnnl.DNNL_ARG_SRC_1, second);
    arguments.put(dnnl.DNNL_ARG_DST, target);
    execute(name, description, new binary(description), arguments);
  }

  /** Adds a step that copies an array into another layout. */
  public void copy(String name, Tensor from, Tensor to) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            device.cpu(),
            from.descriptor(),
            device.cpu(),
            to.descriptor(),
            Device.attributes(),
            false);
    execute(
        name,
        Program.COPY,
        description,
        new reorder(description),
        Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /** Returns the array in a layout: itself, or a copy that a new step makes. */
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
   * values never change.
   *
   * @param slice the weights
   * @param tensor the same as they lie
   */
  public Tensor weights(Slice slice, Tensor tensor, memory.desc layout, String name) {
    return constants == null || same(tensor.descriptor(), layout)
        ? in(layout, tensor, name)
        : constants.copy(slice, tensor, layout);
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
    return new Program(steps, forwardSteps, arrays, images, owned);
  }
}
