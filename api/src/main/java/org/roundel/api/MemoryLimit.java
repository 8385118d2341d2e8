package org.roundel.api;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much memory the operating system allows the group of processes that this one is in: a
 * container, a job of a cluster, a systemd unit. A process that takes more is killed without a
 * word, so what needs much asks first.
 *
 * <p>Groups are nested, and each has a limit of its own or none; this is the one that leaves the
 * least. Other processes of the group count, and the numbers are those of the moment.
 *
 * @param bytes what the group may use in all
 * @param available what is left of it, in bytes, at least 0; copies of files, which the system
 *     drops by itself, count as left
 * @param file the file that sets the limit, for messages
 */
public record MemoryLimit(long bytes, long available, Path file) {
  private static final long MEGABYTE = 1_000_000;

  /** Compiled code, classes, threads: measured, and rounded up. */
  private static final long JVM_GROWTH = 48L << 20;

  /**
   * Asks the operating system.
   *
   * @return empty where there is no limit but the machine's own, or none that can be read
   */
  public static Optional<MemoryLimit> ofProcess() {
    return of(Path.of("/"));
  }

  /**
   * Returns how many bytes a program may take outside the Java heap now: what is available, without
   * what the heap has been promised and will take. What the heap has used once is counted already.
   */
  public long availableOutsideHeap() {
    long untouched = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        untouched += Math.max(0, pool.getUsage().getCommitted() - pool.getPeakUsage().getUsed());
      }
    }
    return Math.max(0, available - untouched - JVM_GROWTH);
  }

  /** Returns the limit for a message, to follow what there is. */
  public String words() {
    return "under the limit of "
        + bytes / MEGABYTE
        + " MB that this container, job or unit has ("
        + file
        + ")";
  }

  /** Reads the files that Linux has below its root directory; tests have a directory of theirs. */
  static Optional<MemoryLimit> of(Path root) {
    MemoryLimit tightest = null;
    for (ControlGroup group : ControlGroup.ofProcess(root)) {
      MemoryLimit limit = group.memoryLimit();
      if (limit != null && (tightest == null || limit.available < tightest.available)) {
        tightest = limit;
      }
    }
    return Optional.ofNullable(tightest);
  }
}
