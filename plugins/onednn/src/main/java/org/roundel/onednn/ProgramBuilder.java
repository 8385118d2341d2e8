package org.roundel.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/** Collects a program's steps and arrays. */
final class ProgramBuilder {
  private final Device device;
  private final FloatPointer values;
  private final FloatPointer gradients;
  private final List<Program.NamedStep> steps = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final List<Pointer> owned = new ArrayList<>();
  private final List<Tensor> scratchpads = new ArrayList<>();
  private long scratchpadSize;
  private int forwardSteps;

  /**
   * Makes a builder.
   *
   * @param values the flat array of values that weights are read from
   * @param gradients the flat array that gradients are written to
   */
  ProgramBuilder(Device device, FloatPointer values, FloatPointer gradients) {
    this.device = device;
    this.values = values;
    this.gradients = gradients;
  }

  Device device() {
    return device;
  }

  /** Returns a new array in the arena. */
  Tensor allocate(memory.desc descriptor) {
    Region region = new Region(descriptor.get_size());
    regions.add(region);
    return keep(Tensor.inArena(descriptor, device.cpu(), region));
  }

  /** Returns an array that takes another's place in the arena. */
  Tensor inPlaceOf(Tensor other, memory.desc descriptor) {
    if (descriptor.get_size() > other.region().size()) {
      throw new IllegalArgumentException("the array is larger than the one it replaces");
    }
    return keep(Tensor.inArena(descriptor, device.cpu(), other.region()));
  }

  /** Returns a part of the flat array of values. */
  Tensor value(Slice slice, memory.desc descriptor) {
    return slice(values, slice, descriptor);
  }

  /** Returns a part of the flat array of gradients. */
  Tensor gradient(Slice slice, memory.desc descriptor) {
    return slice(gradients, slice, descriptor);
  }

  /** Returns an array whose data is given before each run. */
  Tensor input(memory.desc descriptor) {
    return keep(Tensor.elsewhere(descriptor, device.cpu(), null));
  }

  private Tensor slice(FloatPointer flat, Slice slice, memory.desc descriptor) {
    Pointer start = flat.getPointer(slice.offset());
    return keep(Tensor.elsewhere(descriptor, device.cpu(), start));
  }

  private Tensor keep(Tensor tensor) {
    tensors.add(tensor);
    owned.add(tensor.handle());
    return tensor;
  }

  /**
   * Adds a step that runs a primitive.
   *
   * @param name what it does, for profiles
   * @param description the primitive's description
   * @param made the primitive
   * @param arguments its arrays by oneDNN's argument number, without the scratchpad
   */
  void execute(
      String name,
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
      Tensor scratchpad = keep(Tensor.elsewhere(scratch, device.cpu(), null));
      scratchpads.add(scratchpad);
      scratchpadSize = Math.max(scratchpadSize, scratch.get_size());
      set(list, position, dnnl.DNNL_ARG_SCRATCHPAD, scratchpad);
      position++;
    }
    int count = position;
    list.position(0);
    dnnl_primitive handle = made.get();
    dnnl_stream stream = device.work().get();
    String kernel = description.impl_info_str().getString();
    steps.add(
        new Program.NamedStep(
            name,
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

  /**
   * Adds a step in Java.
   *
   * @param name what it does, for profiles
   * @param step the step
   * @param touched the arrays it reads and writes
   */
  void compute(String name, Step step, Tensor... touched) {
    for (Tensor tensor : touched) {
      tensor.touch(steps.size());
    }
    steps.add(new Program.NamedStep(name, "java", step));
  }

  /** Says that the forward pass ends with the steps added so far; what follows is the loss. */
  void endForward() {
    forwardSteps = steps.size();
  }

  /** Adds a step that copies an array into another layout. */
  void copy(String name, Tensor from, Tensor to) {
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
        description,
        new reorder(description),
        Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /** Returns the array in a layout: itself, or a copy that a new step makes. */
  Tensor in(memory.desc layout, Tensor tensor, String name) {
    if (same(tensor.descriptor(), layout)) {
      return tensor;
    }
    Tensor copy = allocate(layout);
    copy(name, tensor, copy);
    return copy;
  }

  static boolean same(memory.desc one, memory.desc other) {
    return dnnl.dnnl_memory_desc_equal(one.get(), other.get()) != 0;
  }

  /**
   * Returns the program.
   *
   * @param images the array whose data is given before each run
   */
  Program build(Tensor images) {
    Region scratchpad = null;
    if (!scratchpads.isEmpty()) {
      scratchpad = new Region(scratchpadSize);
      scratchpad.touch(0);
      scratchpad.touch(steps.size());
      regions.add(scratchpad);
    }
    long arena = ArenaPlan.place(regions);
    return new Program(steps, tensors, scratchpads, scratchpad, arena, owned, images, forwardSteps);
  }
}
