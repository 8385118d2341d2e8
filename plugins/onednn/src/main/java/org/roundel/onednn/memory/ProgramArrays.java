package org.roundel.onednn.memory;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** A program's arrays: those that share its arena, and those that lie elsewhere. */
public final class ProgramArrays implements AutoCloseable {
  private final engine cpu;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final List<Scratchpad> scratchpads = new ArrayList<>();
  private long arenaSize;
  private @Nullable Pointer boundTo;

  /** Scratch memory of one thread, and the tensors that lie in it. */
  private static final class Scratchpad {
    private final List<Tensor> users = new ArrayList<>();
    private long size;
    private @Nullable Region region;
  }

  /** Makes an empty list for a processor. */
  public ProgramArrays(engine cpu) {
    this.cpu = cpu;
  }

  /** Returns a new array in the arena. */
  public Tensor allocate(memory.desc descriptor) {
    Region region = new Region(descriptor.get_size());
    regions.add(region);
    return keep(Tensor.inArena(descriptor, cpu, region));
  }

  /** Returns an array that takes another's place in the arena. */
  public Tensor inPlaceOf(Tensor other, memory.desc descriptor) {
    if (descriptor.get_size() > other.region().size()) {
      throw new IllegalArgumentException("the array is larger than the one it replaces");
    }
    return keep(Tensor.inArena(descriptor, cpu, other.region()));
  }

  /** Returns an array that lies elsewhere; where may be said later. */
  public Tensor elsewhere(memory.desc descriptor, @Nullable Pointer start) {
    return keep(Tensor.elsewhere(descriptor, cpu, start));
  }

  /**
   * Returns a part of an array, which goes where it goes.
   *
   * @param first of the images or whatever the array's first size counts
   * @param count how many
   */
  public Tensor part(Tensor whole, long first, long count) {
    return whole.part(cpu, first, count);
  }

  /**
   * Returns scratch memory of one step; all steps use the same.
   *
   * @param thread which of the threads that share the step uses it, counted from 0
   */
  public Tensor scratchpad(memory.desc descriptor, int thread) {
    while (scratchpads.size() <= thread) {
      scratchpads.add(new Scratchpad());
    }
    Scratchpad scratchpad = scratchpads.get(thread);
    Tensor user = elsewhere(descriptor, null);
    scratchpad.users.add(user);
    scratchpad.size = Math.max(scratchpad.size, descriptor.get_size());
    return user;
  }

  private Tensor keep(Tensor tensor) {
    tensors.add(tensor);
    return tensor;
  }

  /**
   * Gives all arrays of the arena their places.
   *
   * @param steps how many steps the program has
   */
  public void place(int steps) {
    for (Scratchpad scratchpad : scratchpads) {
      Region region = new Region(scratchpad.size);
      region.touch(0);
      region.touch(steps);
      regions.add(region);
      scratchpad.region = region;
    }
    arenaSize = ArenaPlan.place(regions);
  }

  /** Returns how many bytes of arena they need. */
  public long arenaSize() {
    return arenaSize;
  }

  /** Points them to their places in an arena of at least their size. */
  public void bind(Pointer arena) {
    if (arena.equals(boundTo)) {
      return;
    }
    for (Tensor tensor : tensors) {
      tensor.bind(arena);
    }
    for (Scratchpad scratchpad : scratchpads) {
      if (scratchpad.region != null) {
        Pointer scratch = arena.getPointer(scratchpad.region.offset());
        scratchpad.users.forEach(user -> user.pointTo(scratch));
      }
    }
    boundTo = arena;
  }

  @Override
  public void close() {
    tensors.forEach(Tensor::close);
    tensors.clear();
  }
}
