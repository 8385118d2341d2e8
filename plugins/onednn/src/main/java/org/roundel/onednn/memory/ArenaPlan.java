package org.roundel.onednn.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gives regions their places: the largest first, each at the lowest offset that is free for its
 * whole lifetime (greedy by size, as in Pisarchyk and Lee, "Efficient Memory Management for Deep
 * Neural Net Inference", 2020).
 */
final class ArenaPlan {
  /** Places are multiples of a cache line. */
  static final long ALIGNMENT = 64;

  private ArenaPlan() {}

  /** Places all regions that are used, and returns the size of the arena in bytes. */
  static long place(List<Region> regions) {
    List<Region> bySize = new ArrayList<>(regions.stream().filter(Region::used).toList());
    bySize.sort(Comparator.comparingLong(Region::size).reversed());
    List<Region> placed = new ArrayList<>();
    long total = 0;
    for (Region region : bySize) {
      region.place(lowestFree(region, placed));
      int at = 0;
      while (at < placed.size() && placed.get(at).offset() < region.offset()) {
        at++;
      }
      placed.add(at, region);
      total = Math.max(total, region.end());
    }
    return total;
  }

  /**
   * @param placed in the order of their offsets
   */
  private static long lowestFree(Region region, List<Region> placed) {
    long candidate = 0;
    for (Region other : placed) {
      if (!region.livesWith(other)) {
        continue;
      }
      if (candidate + region.size() <= other.offset()) {
        break;
      }
      candidate = Math.max(candidate, align(other.end()));
    }
    return candidate;
  }

  private static long align(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
