package org.roundel.sweep.lease;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.run.IoFailure;

/** The leases of a sweep's cells, as one process takes them. For one thread. */
public final class Leases {
  /** The time between two beats where nobody says otherwise. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** The longest that may be asked for. */
  public static final Duration LONGEST_HEARTBEAT = Duration.ofHours(1);

  /** After so many beats without a change an owner counts as dead. */
  static final int SILENT_BEATS = 8;

  /** One who was silent and lives after all notices within so many beats that it lost the cell. */
  private static final int SETTLING_BEATS = 2;

  private final Path directory;
  private final Owner owner;
  private final Duration heartbeat;
  private final LongSupplier nanoTime;
  private final LeaseWatch watch = new LeaseWatch();

  /**
   * Makes those of a directory, for this process.
   *
   * @param directory made with the first lease; the one above it must be there
   * @param heartbeat the time between two beats of its own leases
   */
  public Leases(Path directory, Duration heartbeat) {
    this(directory, Owner.ofThisProcess(), heartbeat, System::nanoTime);
  }

  Leases(Path directory, Owner owner, Duration heartbeat, LongSupplier nanoTime) {
    this.directory = directory;
    this.owner = owner;
    this.heartbeat = heartbeat;
    this.nanoTime = nanoTime;
  }

  /** Returns the time between two beats of its own leases. */
  public Duration heartbeat() {
    return heartbeat;
  }

  /**
   * Takes a cell that is nobody's, or whose owner has ended or has been silent for as long as this
   * process has watched it, which each call does once. A lease that is taken is renewed from now
   * on.
   *
   * @return null if it is somebody's
   * @throws RoundelException if the files cannot be read or written
   */
  public @Nullable Lease take(String cell) {
    Lease lease = claim(cell);
    if (lease != null) {
      lease.start();
    }
    return lease;
  }

  /** Takes a cell without renewing it. */
  @Nullable Lease claim(String cell) {
    LeaseFiles files = files(directory, cell);
    try {
      long now = nanoTime.getAsLong();
      LeaseFiles.Newest newest = files.newest();
      LeaseRecord record = newest.record();
      long settling = 0;
      if (newest.number() > 0 && !isFree(record)) {
        long patience = LeaseWatch.patience(record, heartbeat.toMillis());
        if (watch.see(cell, newest, now, patience) < patience) {
          return null;
        }
        long millis = record == null ? heartbeat.toMillis() : record.millis();
        settling = TimeUnit.MILLISECONDS.toNanos(millis) * SETTLING_BEATS;
      }
      long number = newest.number() + 1;
      LeaseRecord own = LeaseRecord.first(owner, heartbeat);
      watch.forget(cell);
      return files.create(number, own)
          ? new Lease(cell, files, number, own, nanoTime, settling)
          : null;
    } catch (IOException failed) {
      watch.forget(cell);
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          String.format(
              Locale.ROOT,
              "the leases in %s cannot be read or written: %s. %s",
              directory,
              IoFailure.describe(failed),
              IoFailure.ADVICE),
          failed);
    }
  }

  private boolean isFree(@Nullable LeaseRecord record) {
    return record != null && (record.released() || record.owner().hasEnded(owner));
  }

  /**
   * Returns whether a cell that could not be taken is known to be in the hands of a live process.
   */
  public boolean isAlive(String cell) {
    return watch.isAlive(cell);
  }

  /**
   * Returns who holds a cell, as far as files tell at one glance: a process elsewhere may have
   * ended without a word.
   *
   * @return null if nobody does
   */
  public static @Nullable Owner holder(Path directory, String cell) {
    try {
      LeaseRecord record = files(directory, cell).newest().record();
      boolean held =
          record != null && !record.released() && !record.owner().hasEnded(Asking.PROCESS);
      return held ? record.owner() : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** To ask for a host's name may take long. */
  private static final class Asking {
    static final Owner PROCESS = Owner.ofThisProcess();
  }

  private static LeaseFiles files(Path directory, String cell) {
    return new LeaseFiles(directory.resolve(cell));
  }
}
