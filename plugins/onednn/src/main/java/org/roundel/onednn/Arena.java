package org.roundel.onednn;

import java.util.function.LongSupplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The native memory that all programs of a net work in, one at a time; it only grows. */
final class Arena implements AutoCloseable {
  private static final long PAGE = 4096;

  private final LongSupplier allowed;
  private @Nullable BytePointer memory;
  private @Nullable Pointer start;
  private long size;

  /**
   * Makes an empty arena.
   *
   * @param allowed says how many bytes more this process may take, where that is less than what the
   *     machine has
   */
  Arena(LongSupplier allowed) {
    this.allowed = allowed;
  }

  /** Returns its size in bytes. */
  long size() {
    return size;
  }

  /**
   * Makes it as large as a program needs it, and returns where it starts.
   *
   * @param needed bytes
   * @param batch how many images that is for
   * @throws InsufficientMemoryException if there is not so much; then it is as it was
   */
  Pointer reserve(long needed, int batch) {
    if (start != null && needed <= size) {
      return start;
    }
    long free = freeMemory();
    if (needed - size > free) {
      throw new InsufficientMemoryException(
          "a batch of "
              + batch
              + " images needs "
              + megabytes(needed)
              + " MB of native memory for this net, and "
              + megabytes(free + size)
              + " MB are free");
    }
    // If there is no memory after all, nothing points to the old one.
    close();
    BytePointer fresh = new BytePointer(needed + PAGE);
    long address = fresh.address();
    Pointer aligned = fresh.getPointer((address + PAGE - 1) / PAGE * PAGE - address);
    memory = fresh;
    start = aligned;
    size = needed;
    return aligned;
  }

  private long freeMemory() {
    long free = Math.min(Pointer.availablePhysicalBytes(), allowed.getAsLong());
    if (Pointer.maxBytes() > 0) {
      free = Math.min(free, Pointer.maxBytes() - Pointer.totalBytes());
    }
    if (Pointer.maxPhysicalBytes() > 0) {
      free = Math.min(free, Pointer.maxPhysicalBytes() - Pointer.physicalBytes());
    }
    return Math.max(0, free);
  }

  private static long megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000;
  }

  /** Frees the memory. */
  @Override
  public void close() {
    if (memory != null) {
      memory.close();
    }
    memory = null;
    start = null;
    size = 0;
  }
}
