package org.roundel.sweep.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.lease.Lease;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.lease.TestingLeases;

/** Of several who add cells to a sweep at one moment none loses what another has added. */
@Timeout(120)
class PlanningTest {
  private static final int PLANNERS = 8;

  @TempDir Path directory;
  private SweepDirectory sweep;

  @BeforeEach
  void chooseDirectory() {
    sweep = SweepDirectory.at(directory.resolve("sweep"));
  }

  private static Cell seed(int seed) {
    return new Cell("seed-" + seed, RunConfiguration.of(Map.of("seed", "" + seed)));
  }

  private static List<String> names(List<Cell> cells) {
    return cells.stream().map(Cell::name).toList();
  }

  @Test
  void allCellsOfAllAreThere() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(PLANNERS);
    try {
      CountDownLatch ready = new CountDownLatch(PLANNERS);
      List<Future<SweepGrowth>> growths = new ArrayList<>();
      for (int planner = 0; planner < PLANNERS; planner++) {
        List<Cell> own = List.of(seed(2 * planner), seed(2 * planner + 1));
        growths.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return SweepDirectory.at(sweep.path()).grow(own, false, "text of " + own);
                }));
      }
      for (Future<SweepGrowth> growth : growths) {
        assertThat(growth.get().added()).isEqualTo(2);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(names(sweep.cells()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 2 * PLANNERS).mapToObj(seed -> "seed-" + seed).toList());
    assertThat(sweep.path())
        .isDirectoryContaining("glob:**/sweep.yaml")
        .isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void whoComesWhileAnotherPlansIsToldWhoThatIsAndWritesNothing() {
    sweep.grow(List.of(seed(1)), true, null);
    List<Cell> more = List.of(seed(1), seed(2));
    try (Lease other =
        Objects.requireNonNull(new Leases(sweep.leases(), Duration.ofMinutes(1)).take(".plan"))) {
      assertThatThrownBy(() -> sweep.grow(more, true, null, Duration.ZERO))
          .isInstanceOf(RoundelException.class)
          .hasMessageMatching(
              ".+, process \\d+ is adding cells to .+, and did not come to its end; nothing was"
                  + " written. Call this again once that process has ended");
      other.requireHeld();
      // Who has nothing to add needs no right, nor one to write.
      assertThat(sweep.grow(List.of(seed(1)), true, null, Duration.ZERO).added()).isZero();
    }
    assertThat(names(sweep.cells())).containsExactly("seed-1");
    assertThat(sweep.grow(more, true, null, Duration.ZERO).added()).isEqualTo(1);
  }

  @Test
  void whoAddsAgainWhatAnotherHasAddedMeanwhileWritesNothing() throws Exception {
    sweep.grow(List.of(seed(1)), true, null);
    List<Cell> more = List.of(seed(1), seed(2));
    Lease right = Planning.begin(sweep.path(), sweep.leases(), Duration.ZERO);
    CompletableFuture<SweepGrowth> growth = new CompletableFuture<>();
    Thread second = new Thread(() -> growth.complete(sweep.grow(more, true, "later")));
    second.start();
    while (second.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    CellsFile.write(sweep.path().resolve(SweepDirectory.CELLS), more);
    right.close();
    assertThat(growth.get().added()).isZero();
    assertThat(names(sweep.cells())).containsExactly("seed-1", "seed-2");
    assertThat(sweep.path().resolve("sweep.yaml")).doesNotExist();
  }

  @Test
  void whoseRightWasTakenWhileItDidNotRespondWritesNothing() {
    sweep.grow(List.of(seed(1)), true, null);
    AtomicLong clock = new AtomicLong();
    Leases watcher = TestingLeases.of(sweep.leases(), clock);
    List<Cell> more = List.of(seed(1), seed(2));
    List<Cell> slow =
        new AbstractList<>() {
          @Override
          public Cell get(int index) {
            if (clock.get() == 0 && Leases.holder(sweep.leases(), ".plan") != null) {
              assertThat(watcher.take(".plan")).isNull();
              clock.addAndGet(TimeUnit.HOURS.toNanos(9));
              assertThat(watcher.take(".plan")).isNotNull();
            }
            return more.get(index);
          }

          @Override
          public int size() {
            return more.size();
          }
        };
    assertThatThrownBy(() -> sweep.grow(slow, true, "text"))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "nothing was written to "
                + sweep.path()
                + ": while this process did not respond another began to add cells there. Call this"
                + " again");
    assertThat(names(sweep.cells())).containsExactly("seed-1");
    assertThat(sweep.path().resolve("sweep.yaml")).doesNotExist();
  }
}
