package org.roundel.sweep.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;

/**
 * A cell is one process's, until it lets go, has ended or is silent; by the watcher's own clock.
 */
class LeasesTest {
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final String CELL = "cell";

  @TempDir Path directory;

  /** One process: the machines' clocks have nothing in common. */
  private final class Machine {
    private final AtomicLong clock;
    private final Leases leases;

    Machine(long nanosAtStart) {
      clock = new AtomicLong(nanosAtStart);
      leases = new Leases(directory, owner("host"), BEAT, clock::get);
    }

    void pass(double beats) {
      clock.addAndGet((long) (beats * BEAT.toNanos()));
    }

    @Nullable Lease claim() {
      return leases.claim(CELL);
    }

    Lease take() {
      return Objects.requireNonNull(claim());
    }
  }

  private Machine a;
  private Machine b;
  private Machine c;

  @BeforeEach
  void start() {
    a = new Machine(-5_000_000_000_000L);
    b = new Machine(77_000_000_000_000L);
    c = new Machine(0);
  }

  private static Owner owner(String host) {
    return new Owner(host, 1, "user", "", "", UUID.randomUUID().toString());
  }

  @Test
  void oneHasItUntilItLetsGo() {
    Lease lease = a.take();
    assertThat(b.claim()).isNull();
    lease.close();
    assertThat(b.claim()).isNotNull();
    assertThat(a.claim()).isNull();
  }

  @Test
  void aSilentOneIsFollowedWhenTheWatcherHasSeenNothingForLongEnough() {
    a.take();
    b.pass(1000);
    assertThat(b.claim()).as("seen for the first time").isNull();
    b.pass(7.9);
    assertThat(b.claim()).isNull();
    assertThat(b.leases.isAlive(CELL)).isFalse();
    b.pass(0.2);
    Lease taken = b.take();
    assertThat(taken.isSettling()).as("the silent one may wake up").isTrue();
    b.pass(2);
    assertThat(taken.isSettling()).isFalse();
    assertThat(c.claim()).isNull();
  }

  @Test
  void oneThatBeatsIsNeverFollowedHoweverLongItLives() {
    Lease lease = a.take();
    for (int beat = 0; beat < 50; beat++) {
      assertThat(b.claim()).isNull();
      b.pass(7);
      lease.renew();
    }
    assertThat(b.claim()).isNull();
    assertThat(b.leases.isAlive(CELL)).isTrue();
    lease.requireHeld();
  }

  @Test
  void aChangeSinceALookOfLongAgoIsNoProofOfLife() {
    Lease lease = a.take();
    assertThat(b.claim()).isNull();
    lease.renew();
    b.pass(1000);
    assertThat(b.claim()).isNull();
    assertThat(b.leases.isAlive(CELL)).isFalse();
    b.pass(8.1);
    assertThat(b.claim()).isNotNull();
  }

  @Test
  void oneThatWasAliveAndFallsSilentIsFollowedToo() {
    Lease lease = a.take();
    b.claim();
    lease.renew();
    b.pass(1);
    assertThat(b.claim()).isNull();
    assertThat(b.leases.isAlive(CELL)).isTrue();
    b.pass(5);
    assertThat(b.claim()).isNull();
    assertThat(b.leases.isAlive(CELL)).isFalse();
    b.pass(3.1);
    assertThat(b.claim()).isNotNull();
  }

  @Test
  void whoWakesUpAfterItsCellWasTakenWritesNothingOverAndStops() throws IOException {
    Lease asleep = a.take();
    b.claim();
    b.pass(9);
    Lease taken = b.take();
    Path second = directory.resolve(CELL).resolve("2");
    byte[] before = Files.readAllBytes(second);
    a.pass(5);
    assertThatThrownBy(asleep::requireHeld)
        .isInstanceOf(LeaseLostException.class)
        .hasMessage(
            "the training of cell was taken over by host, process 1 while this process did not"
                + " respond; it stops here and writes nothing more into that run");
    asleep.renew();
    asleep.close();
    assertThat(second).hasBinaryContent(before);
    taken.renew();
    taken.requireHeld();
    assertThat(c.claim()).isNull();
  }

  @Test
  void aBeatTellsThatTheCellWasTaken() {
    Lease asleep = a.take();
    b.claim();
    b.pass(9);
    b.take();
    asleep.requireHeld();
    asleep.renew();
    assertThatThrownBy(asleep::requireHeld).isInstanceOf(LeaseLostException.class);
  }

  @Test
  void whoWakesUpAfterTheOtherHasLetGoDoesNotGoOnEither() {
    Lease asleep = a.take();
    b.claim();
    b.pass(9);
    b.take().close();
    a.pass(5);
    assertThatThrownBy(asleep::requireHeld).isInstanceOf(LeaseLostException.class);
    assertThat(a.claim()).as("it is free").isNotNull();
  }

  @Test
  void whoWakesUpAndIsMissedByNobodyGoesOn() {
    Lease asleep = a.take();
    a.pass(1000);
    asleep.requireHeld();
    assertThat(b.claim()).isNull();
  }

  @Test
  void whoCannotShowThatItLivesStops() throws IOException {
    Lease lease = a.take();
    Files.move(directory.resolve(CELL), directory.resolve("elsewhere"));
    lease.renew();
    a.pass(3.9);
    assertThatCode(lease::requireHeld).doesNotThrowAnyException();
    a.pass(0.2);
    assertThatThrownBy(lease::requireHeld)
        .isInstanceOf(LeaseLostException.class)
        .hasMessageStartingWith("the lease of cell can no longer be renewed: ");
    Files.move(directory.resolve("elsewhere"), directory.resolve(CELL));
    lease.requireHeld();
  }

  @Test
  void aFileThatSaysNothingIsFollowedAfterTheUsualSilence() throws IOException {
    Files.createDirectories(directory.resolve(CELL));
    Files.write(directory.resolve(CELL).resolve("1"), new byte[0]);
    assertThat(a.claim()).isNull();
    a.pass(7);
    assertThat(a.claim()).isNull();
    a.pass(2);
    assertThat(a.claim()).isNotNull();
  }

  @Test
  void aFileOfAnotherVersionLivesAsLongAsItChanges() throws IOException {
    Path file = Files.createDirectories(directory.resolve(CELL)).resolve("1");
    for (int beat = 0; beat < 3; beat++) {
      Files.writeString(file, "{\"form\": \"new\", \"beats\": " + beat + "}");
      assertThat(a.claim()).isNull();
      a.pass(7);
    }
    a.pass(2);
    assertThat(a.claim()).isNotNull();
  }

  @Test
  void theOwnersBeatCountsNotTheWatchers() {
    Leases slow = new Leases(directory, owner("slow"), BEAT.multipliedBy(6), new AtomicLong()::get);
    slow.claim(CELL);
    a.claim();
    a.pass(47);
    assertThat(a.claim()).isNull();
    a.pass(2);
    assertThat(a.claim()).isNotNull();
  }

  @Test
  void ofTheSameMachineADeadProcessIsFollowedAtOnce() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    Owner self = Owner.ofThisProcess();
    Owner dead =
        new Owner(self.host(), process.pid(), self.user(), self.machine(), self.started(), "x");
    new Leases(directory, dead, BEAT, System::nanoTime).claim(CELL);
    Leases own = new Leases(directory, self, BEAT, System::nanoTime);
    Lease lease = Objects.requireNonNull(own.claim(CELL));
    assertThat(lease.isSettling()).isFalse();
  }

  @Test
  void knowsWhichProcessesHaveEnded() {
    Owner self = Owner.ofThisProcess();
    assertThat(self.hasEnded(self)).isFalse();
    assertThat(with(self, self.user(), self.machine(), "12345").hasEnded(self))
        .as("its number is another process's now")
        .isTrue();
    assertThat(with(self, self.user(), "other", "12345").hasEnded(self)).isFalse();
    assertThat(with(self, "other", self.machine(), "12345").hasEnded(self)).isFalse();
    assertThat(with(self, self.user(), "", "12345").hasEnded(with(self, self.user(), "", "")))
        .isFalse();
  }

  private static Owner with(Owner owner, String user, String machine, String started) {
    return new Owner(owner.host(), owner.pid(), user, machine, started, owner.id());
  }

  @Test
  void tellsAtOneGlanceWhoHoldsACell() {
    assertThat(Leases.holder(directory, CELL)).isNull();
    Lease lease = a.take();
    assertThat(Objects.requireNonNull(Leases.holder(directory, CELL)).host()).isEqualTo("host");
    lease.close();
    assertThat(Leases.holder(directory, CELL)).isNull();
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsToldInASentence() throws IOException {
    Files.writeString(directory.resolve(CELL), "a file");
    assertThatThrownBy(a::claim)
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("the leases in " + directory + " cannot be read or written: ");
  }

  @Test
  void whatIsTakenIsRenewedByItself() throws InterruptedException {
    Leases quick = new Leases(directory, Duration.ofMillis(500));
    try (Lease lease = Objects.requireNonNull(quick.take(CELL))) {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      assertThat(b.claim()).isNull();
      while (!b.leases.isAlive(CELL) && System.nanoTime() < deadline) {
        Thread.sleep(5);
        assertThat(b.claim()).isNull();
      }
      assertThat(b.leases.isAlive(CELL)).isTrue();
      lease.requireHeld();
    }
    assertThat(b.claim()).isNotNull();
  }
}
