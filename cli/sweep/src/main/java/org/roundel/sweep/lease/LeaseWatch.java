package org.roundel.sweep.lease;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one process has seen of others' leases, by its own clock alone. Times of two machines are
 * never compared.
 */
final class LeaseWatch {
  private final Map<String, Sight> sights = new HashMap<>();

  /**
   * A lease as it has looked since some time.
   *
   * @param since when it was first seen so, as {@link System#nanoTime}
   * @param last when it was last looked at
   * @param alive whether it was seen to change between two looks, and not long ago
   */
  private record Sight(LeaseFiles.Newest newest, long since, long last, boolean alive) {}

  /**
   * Takes note of what a cell's lease looks like.
   *
   * @param now read before the file was
   * @param patience after how long a silence its owner counts as dead, in nanoseconds
   * @return for how long it has looked so, in nanoseconds; 0 where it has changed
   */
  long see(String cell, LeaseFiles.Newest newest, long now, long patience) {
    Sight before = sights.get(cell);
    if (before == null || before.newest().number() != newest.number()) {
      sights.put(cell, new Sight(newest, now, now, false));
      return 0;
    }
    if (!before.newest().content().equals(newest.content())) {
      // A look of long ago proves nothing: who changed it then may have died since.
      sights.put(cell, new Sight(newest, now, now, now - before.last() < patience));
      return 0;
    }
    long silence = now - before.since();
    boolean alive = before.alive() && silence < patience / 2;
    sights.put(cell, new Sight(newest, before.since(), now, alive));
    return silence;
  }

  /** Forgets a lease that could not be read: nobody knows whether it has changed. */
  void forget(String cell) {
    sights.remove(cell);
  }

  /** Returns whether a cell's lease was seen to change in the hands of one who has it still. */
  boolean isAlive(String cell) {
    Sight sight = sights.get(cell);
    return sight != null && sight.alive();
  }

  /**
   * Returns after how long a silence an owner counts as dead, in nanoseconds.
   *
   * @param record null if it cannot be read
   * @param ownMillis the time between two beats where the record does not say
   */
  static long patience(@Nullable LeaseRecord record, long ownMillis) {
    return TimeUnit.MILLISECONDS.toNanos(record == null ? ownMillis : record.millis())
        * Leases.SILENT_BEATS;
  }
}
