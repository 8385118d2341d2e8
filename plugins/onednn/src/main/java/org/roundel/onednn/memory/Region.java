package org.roundel.onednn.memory;

/**
 * Bytes of a program's arena. Its place is chosen when all steps are known, so that regions whose
 * lifetimes do not overlap may share it.
 */
final class Region {
  private final long size;
  private int first = Integer.MAX_VALUE;
  private int last = -1;
  private long offset = -1;

  Region(long size) {
    this.size = size;
  }

  long size() {
    return size;
  }

  /** Notes that a step reads or writes it. */
  void touch(int step) {
    first = Math.min(first, step);
    last = Math.max(last, step);
  }

  boolean used() {
    return last >= 0;
  }

  boolean livesWith(Region other) {
    return first <= other.last && other.first <= last;
  }

  long offset() {
    return offset;
  }

  long end() {
    return offset + size;
  }

  void place(long chosen) {
    offset = chosen;
  }
}
