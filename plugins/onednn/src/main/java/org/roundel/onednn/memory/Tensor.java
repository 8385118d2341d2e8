package org.roundel.onednn.memory;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * An array that steps read and write: in a region of the arena, or elsewhere and not ours. Tensors
 * may share a region, where one takes the other's place.
 */
public final class Tensor {
  private final memory.desc descriptor;
  private final @Nullable Region region;
  private final memory handle;
  private final List<Part> parts = new ArrayList<>();
  private @Nullable FloatBuffer buffer;
  private @Nullable Pointer pointer;

  /** Some images or rows, and how many bytes behind the start they begin. */
  private record Part(long first, long count, Tensor tensor, long offset, Place place) {
    void follow(Pointer start) {
      place.moveTo(start, offset);
      tensor.pointTo(place);
    }
  }

  /** A place in memory that moves, so that a batch elsewhere takes no new objects. */
  private static final class Place extends Pointer {
    Place() {
      super((Pointer) null);
    }

    /** Moves so many bytes behind a start. */
    void moveTo(Pointer start, long offset) {
      address = start.address() + start.position() * start.sizeof() + offset;
    }
  }

  private Tensor(
      memory.desc descriptor, engine device, @Nullable Region region, @Nullable Pointer pointer) {
    this.descriptor = descriptor;
    this.region = region;
    this.pointer = pointer;
    // A null pointer means memory without data, which is given later.
    this.handle = new memory(descriptor, device, pointer);
  }

  static Tensor inArena(memory.desc descriptor, engine device, Region region) {
    return new Tensor(descriptor, device, region, null);
  }

  static Tensor elsewhere(memory.desc descriptor, engine device, @Nullable Pointer pointer) {
    return new Tensor(descriptor, device, null, pointer);
  }

  /** Returns its first size; of a batch, how many images or rows it has. */
  public long count() {
    return descriptor.get_dims().get(0);
  }

  /**
   * Returns some of its images or rows, which go where it goes.
   *
   * @param first the first of them
   * @param count how many
   */
  Tensor part(engine device, long first, long count) {
    for (Part part : parts) {
      if (part.first == first && part.count == count) {
        return part.tensor;
      }
    }
    long[] sizes = new long[descriptor.get_ndims()];
    descriptor.get_dims().get(sizes);
    sizes[0] = count;
    memory.desc some = descriptor.submemory_desc(sizes, new long[sizes.length]);
    long size = dnnl.dnnl_data_type_size(descriptor.get_data_type().value);
    long offset = first * descriptor.get_strides().get(0) * size;
    Part part = new Part(first, count, new Tensor(some, device, region, null), offset, new Place());
    parts.add(part);
    if (pointer != null) {
      part.follow(pointer);
    }
    return part.tensor;
  }

  private static Pointer at(Pointer start, long offset) {
    return new Pointer(start).getPointer(offset);
  }

  /** Returns its sizes and layout. */
  public memory.desc descriptor() {
    return descriptor;
  }

  /** Returns what primitives know it by. */
  public memory handle() {
    return handle;
  }

  Region region() {
    if (region == null) {
      throw new IllegalStateException("the tensor does not lie in the arena");
    }
    return region;
  }

  /** Notes that a step reads or writes it. */
  public void touch(int step) {
    if (region != null) {
      region.touch(step);
    }
  }

  /** Points the tensor to its place in an arena. */
  void bind(Pointer arena) {
    if (region != null && region.used()) {
      pointTo(at(arena, region.offset()));
    }
  }

  /** Points the tensor to data elsewhere, which must stay there while it is used. */
  public void pointTo(Pointer data) {
    pointer = data;
    buffer = null;
    handle.set_data_handle(data);
    for (int index = 0; index < parts.size(); index++) {
      parts.get(index).follow(data);
    }
  }

  /** Returns where its data lies. */
  public Pointer pointer() {
    if (pointer == null) {
      throw new IllegalStateException("the tensor has no data yet");
    }
    return pointer;
  }

  /** Returns all numbers in the order of memory. */
  public FloatBuffer floats() {
    if (buffer == null) {
      buffer = new FloatPointer(pointer()).capacity(descriptor.get_size() / Float.BYTES).asBuffer();
    }
    return buffer;
  }

  /** Frees what primitives know it by, and its parts. */
  void close() {
    handle.close();
    parts.forEach(part -> part.tensor.close());
    parts.clear();
  }
}
