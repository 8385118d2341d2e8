package org.roundel.sweep.work;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.sweep.lease.Lease;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.lease.Owner;

/** The right to add cells to a sweep, which one process has at a time; others wait. */
final class Planning {
  /** How long to wait: whoever has it needs a moment, and is taken for dead after 8 seconds. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  /** No cell's name begins so. */
  private static final String NAME = ".plan";

  private Planning() {}

  /**
   * Waits for the right and takes it.
   *
   * @param sweep where it lies, in messages
   * @param leases the sweep's
   * @throws RoundelException if somebody has it for longer than {@code patience}
   */
  static Lease begin(Path sweep, Path leases, Duration patience) {
    Leases rights = new Leases(leases, HEARTBEAT);
    long began = System.nanoTime();
    Lease lease = rights.take(NAME);
    while (lease == null) {
      if (System.nanoTime() - began > patience.toNanos()) {
        throw refused(sweep, Leases.holder(leases, NAME));
      }
      LockSupport.parkNanos(PAUSE);
      lease = rights.take(NAME);
    }
    while (lease.isSettling()) {
      LockSupport.parkNanos(PAUSE);
    }
    return lease;
  }

  private static RoundelException refused(Path sweep, @Nullable Owner holder) {
    return new RoundelException(
        ErrorKind.CONFIGURATION,
        String.format(
            Locale.ROOT,
            "%s is adding cells to %s, and did not come to its end; nothing was written. Call this"
                + " again once that process has ended",
            holder == null ? "another process" : holder.place(),
            sweep));
  }
}
