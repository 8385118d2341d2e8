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
  private final List<Tensor> scratchpads = new ArrayList<>();
  private long scratchpadSize;
  private @Nullable Region scratchpad;
  private long arenaSize;
  private @Nullable Pointer boundTo;

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

  /** Returns scratch memory of one step; all steps use the same. */
  public Tensor scratchpad(memory.desc descriptor) {
    Tensor user = elsewhere(descriptor, null);
    scratchpads.add(user);
    scratchpadSize = Math.max(scratchpadSize, descriptor.get_size());
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
    if (!scratchpads.isEmpty()) {
      scratchpad = new Region(scratchpadSize);
      scratchpad.touch(0);
      scratchpad.touch(steps);
      regions.add(scratchpad);
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
    if (scratchpad != null) {
      Pointer scratch = arena.getPointer(scratchpad.offset());
      for (Tensor user : scratchpads) {
        user.pointTo(scratch);
      }
    }
    boundTo = arena;
  }

  @Override
  public void close() {
    for (Tensor tensor : tensors) {
      tensor.handle().close();
    }
    tensors.clear();
  }
}
