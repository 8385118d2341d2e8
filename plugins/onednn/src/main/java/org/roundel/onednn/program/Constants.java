package org.roundel.onednn.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.ProgramArrays;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Slice;
import org.roundel.winograd.FixedWeights;

/** What is made once of values that never change, for the programs of all batch sizes. */
public final class Constants implements AutoCloseable {
  /** A cache line. */
  private static final long ALIGNMENT = 64;

  private record Copy(Slice slice, Tensor tensor) {}

  private final Device device;
  private final ProgramArrays arrays;
  private final List<Copy> copies = new ArrayList<>();
  private final List<Pointer> owned = new ArrayList<>();
  private final Map<Slice, FixedWeights> transformed = new HashMap<>();
  private long size;

  /** Makes none yet. */
  public Constants(Device device) {
    this.device = device;
    this.arrays = new ProgramArrays(device.cpu());
  }

  /** Returns how many bytes of native memory they take. */
  public long size() {
    return size;
  }

  /**
   * Returns a slice of the values in a layout.
   *
   * @param values the slice as it lies
   */
  Tensor copy(Slice slice, Tensor values, memory.desc layout) {
    for (Copy copy : copies) {
      if (copy.slice.equals(slice) && ProgramBuilder.same(copy.tensor.descriptor(), layout)) {
        return copy.tensor;
      }
    }
    Tensor copy = allocate(layout);
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            device.cpu(), values.descriptor(), device.cpu(), layout, Device.attributes(), false);
    try (reorder made = new reorder(description)) {
      made.execute(device.work(), values.handle(), copy.handle());
      device.work()._wait();
    }
    copies.add(new Copy(slice, copy));
    return copy;
  }

  private Tensor allocate(memory.desc layout) {
    long bytes = layout.get_size();
    BytePointer fresh = new BytePointer(bytes + ALIGNMENT);
    owned.add(fresh);
    size += bytes;
    long address = fresh.address();
    return arrays.elsewhere(
        layout, fresh.getPointer((address + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - address));
  }

  /** Returns the weights of a slice transformed; the last argument transforms them. */
  public FixedWeights transformed(Slice slice, Supplier<FixedWeights> made) {
    return transformed.computeIfAbsent(slice, key -> made.get());
  }

  @Override
  public void close() {
    arrays.close();
    owned.forEach(Pointer::close);
    owned.clear();
    copies.clear();
    transformed.clear();
    size = 0;
  }
}
