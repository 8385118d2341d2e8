package org.roundel.sweep.lease;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Leases of processes whose clocks a test moves. */
public final class TestingLeases {
  private TestingLeases() {}

  /** Returns those of another machine that beats once an hour by itself. */
  public static Leases of(Path directory, AtomicLong clock) {
    return beating(directory, clock, Duration.ofHours(1));
  }

  /** Returns those of another machine. */
  public static Leases beating(Path directory, AtomicLong clock, Duration heartbeat) {
    Owner owner = new Owner("far", 7, "user", "", "", UUID.randomUUID().toString());
    return new Leases(directory, owner, heartbeat, clock::get);
  }

  /** Takes a cell for one who dies at once. */
  public static @Nullable Lease withoutBeats(Leases leases, String cell) {
    return leases.claim(cell);
  }
}
