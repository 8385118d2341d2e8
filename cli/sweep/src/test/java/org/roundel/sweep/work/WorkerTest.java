package org.roundel.sweep.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.CheckpointStarted;
import org.roundel.core.event.EvaluationCompleted;
import org.roundel.core.event.EvaluationStarted;
import org.roundel.core.event.Recording;
import org.roundel.core.event.RunFailed;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.run.RunDirectory;
import org.roundel.core.training.TestingPlugin;
import org.roundel.core.training.Trainer;
import org.roundel.sweep.cell.Cell;
import org.roundel.sweep.cell.CellEnd;
import org.roundel.sweep.cell.CellOutcome;
import org.roundel.sweep.cell.CellTrainer;
import org.roundel.sweep.lease.Lease;
import org.roundel.sweep.lease.Leases;
import org.roundel.sweep.lease.Owner;
import org.roundel.sweep.lease.TestingLeases;

/** Workers that share a directory train every cell once, whatever becomes of one of them. */
@Timeout(120)
class WorkerTest {
  /** So long that no thread of a busy machine is taken for dead. */
  private static final Duration BEAT = Duration.ofSeconds(2);

  private static final String LAST = "checkpoints/step-000000012/weights.safetensors";
  private static final BooleanSupplier NEVER = () -> false;

  @TempDir Path directory;

  private final Trainer trainer = new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM);
  private SweepDirectory sweep;

  @BeforeEach
  void makeDirectory() {
    sweep = SweepDirectory.at(directory.resolve("sweep"));
  }

  private static Cell cell(String name, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "latent-stochastic");
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("epochs", "3");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return new Cell(name, RunConfiguration.of(values));
  }

  private List<Cell> seeds(int count) {
    List<Cell> cells =
        IntStream.rangeClosed(1, count)
            .mapToObj(seed -> cell("seed-" + seed, "seed", Integer.toString(seed)))
            .toList();
    sweep.grow(cells, true, null);
    return cells;
  }

  /** Remembers what a worker did. */
  private static class Recorder implements WorkListener {
    private final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
    private final Map<String, CellEnd> ends = new HashMap<>();

    @Override
    public TrainingListener begins(Cell cell) {
      begun.add(cell.name());
      return new TrainingListener() {};
    }

    @Override
    public synchronized void ended(Cell cell, CellEnd end) {
      ends.put(cell.name(), end);
    }

    CellOutcome outcome(String cell) {
      return Objects.requireNonNull(ends.get(cell), cell).outcome();
    }
  }

  private Worker worker(WorkListener listener, BooleanSupplier stop) {
    return new Worker(
        sweep, new CellTrainer(trainer), new Leases(sweep.leases(), BEAT), listener, stop);
  }

  private void requireBytesOfAPlainRun(Cell cell) {
    Path plain = directory.resolve("plain-" + cell.name());
    trainer.train(cell.configuration(), plain, new TrainingListener() {}, NEVER);
    assertThat(sweep.run(cell).resolve(LAST)).hasSameBinaryContentAs(plain.resolve(LAST));
    assertThat(sweep.run(cell).resolve("config.yaml"))
        .hasSameTextualContentAs(plain.resolve("config.yaml"));
  }

  @Test
  void severalTrainEveryCellOnceToTheBytesOfAPlainRun() throws InterruptedException {
    List<Cell> cells = seeds(12);
    Recorder recorder = new Recorder();
    List<Thread> threads = new ArrayList<>();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    for (int number = 0; number < 4; number++) {
      Thread thread = new Thread(() -> worker(recorder, NEVER).work(cells));
      thread.setUncaughtExceptionHandler((where, failure) -> failures.add(failure));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(recorder.begun)
        .containsExactlyInAnyOrderElementsOf(cells.stream().map(Cell::name).toList());
    assertThat(SweepStatus.of(sweep).counts()).isEqualTo(Map.of(CellState.Phase.FINISHED, 12));
    requireBytesOfAPlainRun(cells.get(4));
  }

  @Test
  void whatDivergesOrFailsIsRecordedAndLeft() {
    List<Cell> cells =
        List.of(
            cell("bad-1", "model.diverge-at", "5"),
            cell("bad-2", "dataset.fail-at", "3"),
            cell("good"));
    sweep.grow(cells, true, null);
    Recorder recorder = new Recorder();
    assertThat(worker(recorder, NEVER).work(cells)).isEmpty();
    assertThat(recorder.outcome("bad-1")).isEqualTo(CellOutcome.DIVERGED);
    assertThat(recorder.outcome("bad-2")).isEqualTo(CellOutcome.FAILED);
    assertThat(recorder.outcome("good")).isEqualTo(CellOutcome.TRAINED);
    List<CellState> states = SweepStatus.of(sweep).cells();
    assertThat(states)
        .extracting(CellState::phase)
        .containsExactly(
            CellState.Phase.DIVERGED, CellState.Phase.FAILED, CellState.Phase.FINISHED);
    assertThat(states.get(0).message()).startsWith("training diverged in epoch 2 at update ");
    assertThat(states.get(1).message()).contains("failed");

    Recorder again = new Recorder();
    worker(again, NEVER).work(cells);
    assertThat(again.begun).isEmpty();
  }

  @Test
  void whatFailsBeforeItBeginsIsTriedOnceOnEachMachine() throws IOException {
    List<Cell> cells = List.of(cell("bad", "quantizer", "no-such"));
    sweep.grow(cells, true, null);
    Recorder first = new Recorder();
    assertThat(worker(first, NEVER).work(cells)).isEmpty();
    assertThat(first.outcome("bad")).isEqualTo(CellOutcome.FAILED);
    Recorder sameMachine = new Recorder();
    worker(sameMachine, NEVER).work(cells);
    assertThat(sameMachine.begun).isEmpty();
    assertThat(SweepStatus.of(sweep).counts()).isEqualTo(Map.of(CellState.Phase.FAILED, 1));

    Path outcome = sweep.path().resolve("outcomes/bad.json");
    String here = Owner.ofThisProcess().host();
    Files.writeString(outcome, Files.readString(outcome).replace(here, "far"));
    Recorder otherMachine = new Recorder();
    worker(otherMachine, NEVER).work(cells);
    assertThat(otherMachine.begun).containsExactly("bad");

    String begun = Files.readString(outcome).replace("\"begun\" : false", "\"begun\" : true");
    Files.writeString(outcome, begun.replace(here, "far"));
    Recorder begunElsewhere = new Recorder();
    worker(begunElsewhere, NEVER).work(cells);
    assertThat(begunElsewhere.begun).isEmpty();
  }

  @Test
  void whatIsForgivenIsTriedOnceMoreByOneOfAllWhoForgive() {
    List<Cell> cells = List.of(cell("bad", "model.diverge-at", "5"));
    sweep.grow(cells, true, null);
    worker(new Recorder(), NEVER).work(cells);
    Recorder first = new Recorder();
    Recorder second = new Recorder();
    Worker one = worker(first, NEVER);
    Worker other = worker(second, NEVER);
    one.forgive(cells);
    other.forgive(cells);
    one.work(cells);
    other.work(cells);
    assertThat(first.begun).containsExactly("bad");
    assertThat(second.begun).isEmpty();
  }

  @Test
  void whoIsToldToStopLetsGoAndAnotherGoesOnToTheSameBytes() {
    List<Cell> cells = seeds(2);
    AtomicBoolean stop = new AtomicBoolean();
    Recorder stopped =
        new Recorder() {
          @Override
          public TrainingListener begins(Cell cell) {
            super.begins(cell);
            return new TrainingListener() {
              @Override
              public void stepCompleted(StepCompleted event) {
                stop.set(event.step() == 6);
              }
            };
          }
        };
    assertThat(worker(stopped, stop::get).work(cells)).hasSize(2);
    assertThat(stopped.outcome("seed-1")).isEqualTo(CellOutcome.INTERRUPTED);
    assertThat(SweepStatus.of(sweep).counts())
        .isEqualTo(Map.of(CellState.Phase.STOPPED, 1, CellState.Phase.WAITING, 1));
    Recorder next = new Recorder();
    worker(next, NEVER).work(cells);
    assertThat(next.begun).containsExactly("seed-1", "seed-2");
    requireBytesOfAPlainRun(cells.get(0));
  }

  /** Where a process is stopped for long, and what it is about to do when it wakes up. */
  private enum Moment {
    UPDATE,
    EVALUATION,
    CHECKPOINT,
    PUBLISHING
  }

  /** Is taken for dead in the middle of its training. */
  private final class Frozen extends Recorder {
    private final Moment moment;
    private final Runnable meanwhile;
    private Map<Path, String> files = Map.of();
    private boolean told;

    Frozen(Moment moment, Runnable meanwhile) {
      this.moment = moment;
      this.meanwhile = meanwhile;
    }

    @Override
    public TrainingListener begins(Cell cell) {
      super.begins(cell);
      return new TrainingListener() {
        @Override
        public void stepCompleted(StepCompleted event) {
          if (moment == Moment.UPDATE && event.step() == 6) {
            freeze(cell);
          }
          if (moment == Moment.CHECKPOINT && event.step() == 8) {
            freeze(cell);
          }
        }

        @Override
        public void evaluationCompleted(EvaluationCompleted event) {
          if (moment == Moment.EVALUATION) {
            assertThat(event.epoch()).as("only the first comes to its end").isEqualTo(1);
          }
        }

        @Override
        public void evaluationStarted(EvaluationStarted event) {
          if (moment == Moment.EVALUATION && event.epoch() == 2) {
            freeze(cell);
          }
        }

        @Override
        public void recording(Recording event) {
          assertThat(files).as("nothing that cannot be taken back").isEmpty();
        }

        @Override
        public void checkpointStarted(CheckpointStarted event) {
          if (moment == Moment.PUBLISHING && event.name().equals("step-000000008")) {
            freeze(cell);
            return;
          }
          assertThat(files).as("no checkpoint once the cell is another's").isEmpty();
        }

        @Override
        public void runFailed(RunFailed event) {
          told = true;
        }
      };
    }

    private void freeze(Cell cell) {
      if (files.isEmpty()) {
        files = contents(sweep.run(cell));
        meanwhile.run();
      }
    }
  }

  private static Map<Path, String> contents(Path run) {
    Map<Path, String> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (file.toString().contains(RunDirectory.HALF_WRITTEN)) {
          // Under a name of its own, which whoever goes on with the run removes.
          continue;
        }
        contents.put(file, Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
      return contents;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void whoWakesUpAndFindsItsCellTakenWritesNothingMore() {
    for (Moment moment : Moment.values()) {
      sweep = SweepDirectory.at(directory.resolve("sweep-" + moment.ordinal()));
      List<Cell> cells = seeds(1);
      AtomicLong clock = new AtomicLong();
      AtomicLong watchersClock = new AtomicLong();
      Leases asleep = TestingLeases.of(sweep.leases(), clock);
      Leases watcher = TestingLeases.of(sweep.leases(), watchersClock);
      List<Lease> taken = new ArrayList<>();
      Frozen frozen =
          new Frozen(
              moment,
              () -> {
                assertThat(watcher.take("seed-1")).isNull();
                watchersClock.addAndGet(TimeUnit.HOURS.toNanos(9));
                taken.add(Objects.requireNonNull(watcher.take("seed-1")));
                clock.addAndGet(TimeUnit.HOURS.toNanos(9));
              });
      AtomicBoolean stop = new AtomicBoolean();
      WorkListener once =
          new WorkListener() {
            @Override
            public TrainingListener begins(Cell cell) {
              return frozen.begins(cell);
            }

            @Override
            public void ended(Cell cell, CellEnd end) {
              frozen.ended(cell, end);
              stop.set(true);
            }
          };
      new Worker(sweep, new CellTrainer(trainer), asleep, once, stop::get).work(cells);
      assertThat(frozen.outcome("seed-1")).as("%s", moment).isEqualTo(CellOutcome.TAKEN_OVER);
      assertThat(frozen.told).as("listeners write into the run, too").isFalse();
      assertThat(contents(sweep.run(cells.get(0)))).as("%s", moment).isEqualTo(frozen.files);
      taken.forEach(Lease::close);
      worker(new Recorder(), NEVER).work(cells);
      requireBytesOfAPlainRun(cells.get(0));
      deletePlain(cells.get(0));
    }
  }

  private void deletePlain(Cell cell) {
    try (Stream<Path> files = Files.walk(directory.resolve("plain-" + cell.name()))) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void whoMeetsARunInUseComesBackToIt() {
    List<Cell> cells = seeds(2);
    worker(new Recorder(), () -> false).work(cells.subList(1, 2));
    trainer.train(
        cells.get(0).configuration(),
        sweep.run(cells.get(0)),
        new TrainingListener() {},
        stopAfter());
    RunDirectory byHand = RunDirectory.open(sweep.run(cells.get(0)));
    AtomicLong tries = new AtomicLong();
    WorkListener listener =
        new Recorder() {
          @Override
          public synchronized void ended(Cell cell, CellEnd end) {
            super.ended(cell, end);
            if (end.outcome() == CellOutcome.IN_USE && tries.incrementAndGet() == 3) {
              byHand.close();
            }
          }
        };
    assertThat(worker(listener, NEVER).work(cells)).isEmpty();
    assertThat(tries).hasValue(3);
  }

  private static BooleanSupplier stopAfter() {
    AtomicLong left = new AtomicLong(6);
    return () -> left.decrementAndGet() < 0;
  }

  @Test
  void whoFindsOnlyLivingOthersEnds() {
    List<Cell> cells = seeds(1);
    try (Lease other =
        Objects.requireNonNull(new Leases(sweep.leases(), Duration.ofSeconds(1)).take("seed-1"))) {
      assertThat(worker(new Recorder(), NEVER).work(cells)).hasSize(1);
      other.requireHeld();
    }
  }

  @Test
  void theCellOfOneWhoWentSilentIsTakenUp() {
    List<Cell> cells = seeds(1);
    Leases silent = TestingLeases.beating(sweep.leases(), new AtomicLong(), Duration.ofMillis(250));
    Objects.requireNonNull(TestingLeases.withoutBeats(silent, "seed-1"));
    Path taken = sweep.leases().resolve("seed-1/2");
    AtomicLong waited = new AtomicLong();
    Recorder recorder =
        new Recorder() {
          @Override
          public TrainingListener begins(Cell cell) {
            waited.set(System.currentTimeMillis() - taken.toFile().lastModified());
            return super.begins(cell);
          }
        };
    assertThat(worker(recorder, NEVER).work(cells)).isEmpty();
    assertThat(waited.get())
        .as("milliseconds in which the silent one would notice, if it lived")
        .isGreaterThanOrEqualTo(500);
    assertThat(recorder.outcome("seed-1")).isEqualTo(CellOutcome.TRAINED);
  }

  @Test
  void whatIsTooLargeIsLeftToOthers() {
    List<Cell> cells = seeds(2);
    Recorder small = new Recorder();
    Worker worker =
        new Worker(
            sweep,
            new CellTrainer(trainer.withMemory(100)),
            new Leases(sweep.leases(), BEAT),
            small,
            NEVER);
    assertThat(worker.work(cells)).isEqualTo(cells);
    assertThat(small.outcome("seed-1")).isEqualTo(CellOutcome.TOO_LARGE);
    assertThat(Objects.requireNonNull(small.ends.get("seed-1")).message())
        .matches("this run needs \\d+ MB of native memory, and 0 MB are allowed");
    assertThat(SweepStatus.of(sweep).counts()).isEqualTo(Map.of(CellState.Phase.WAITING, 2));
    assertThat(worker(new Recorder(), NEVER).work(cells)).isEmpty();
    requireBytesOfAPlainRun(cells.get(1));
  }

  @Test
  void aDirectoryThatGoesAwayEndsTheWorkWithASentence() {
    List<Cell> cells = seeds(2);
    Path away = directory.resolve("away");
    Recorder recorder =
        new Recorder() {
          @Override
          public TrainingListener begins(Cell cell) {
            return new TrainingListener() {
              @Override
              public void stepCompleted(StepCompleted event) {
                if (event.step() == 6) {
                  move(sweep.path(), away);
                }
              }
            };
          }
        };
    assertThatThrownBy(() -> worker(recorder, NEVER).work(cells))
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "the directory of the sweep, "
                + sweep.path()
                + ", has gone away: "
                + sweep.path().resolve("cells.json")
                + ": it does not exist. What was trained is kept up to the last checkpoints there;"
                + " once it is back, call 'roundel work' again");
    move(away, sweep.path());
    assertThat(worker(new Recorder(), NEVER).work(cells)).isEmpty();
    requireBytesOfAPlainRun(cells.get(0));
  }

  /** Where one is trained and the next is not begun nothing of the sweep is made anew. */
  @Test
  void aDirectoryThatGoesAwayBetweenTwoCellsIsNotMadeAnew() {
    List<Cell> cells = seeds(2);
    Path away = directory.resolve("away");
    Recorder recorder =
        new Recorder() {
          @Override
          public synchronized void ended(Cell cell, CellEnd end) {
            super.ended(cell, end);
            move(sweep.path(), away);
          }
        };
    assertThatThrownBy(() -> worker(recorder, NEVER).work(cells))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith(
            "the directory of the sweep, " + sweep.path() + ", has gone away: ");
    assertThat(sweep.path()).doesNotExist();
    assertThat(recorder.begun).containsExactly("seed-1");
  }

  /** As a network file system may fail once; it says nothing of the cell. */
  @Test
  void aRecordThatCannotBeReadNowIsAskedAgain() throws IOException {
    List<Cell> cells = seeds(2);
    Path unreadable = Files.createDirectories(sweep.path().resolve("outcomes/seed-1.json"));
    Recorder recorder =
        new Recorder() {
          @Override
          public void watches() {
            unreadable.toFile().delete();
          }
        };
    assertThat(SweepStatus.of(sweep).cells().get(0).message())
        .startsWith(unreadable + " cannot be read, which says whether the cell is given up: ");
    assertThat(worker(recorder, NEVER).work(cells)).isEmpty();
    assertThat(recorder.begun).containsExactly("seed-2", "seed-1");
    assertThat(SweepStatus.of(sweep).counts()).isEqualTo(Map.of(CellState.Phase.FINISHED, 2));
  }

  /** Cells may be short, and a disk may need longer than some of them. */
  @Test
  void aRecordMayBeUnreadableForAsManyCellsAsThereAre() throws IOException {
    List<Cell> cells = seeds(10);
    Path unreadable = Files.createDirectories(sweep.path().resolve("outcomes/seed-1.json"));
    Recorder recorder =
        new Recorder() {
          @Override
          public void ended(Cell cell, CellEnd end) {
            super.ended(cell, end);
            if (cell.name().equals("seed-10")) {
              unreadable.toFile().delete();
            }
          }
        };
    assertThat(worker(recorder, NEVER).work(cells)).isEmpty();
    assertThat(recorder.begun).hasSize(10).endsWith("seed-10", "seed-1");
  }

  @Test
  void aRecordThatCannotBeReadAtAllLeavesItsCellAndNoOther() throws IOException {
    List<Cell> cells = seeds(2);
    worker(new Recorder(), NEVER).work(cells.subList(1, 2));
    Files.createDirectories(sweep.path().resolve("outcomes/seed-1.json"));
    Recorder recorder = new Recorder();
    Worker worker =
        new Worker(
            sweep,
            new CellTrainer(trainer),
            new Leases(sweep.leases(), Duration.ofMillis(20)),
            recorder,
            NEVER);
    assertThat(worker.work(cells)).containsExactly(cells.get(0));
    assertThat(recorder.begun).isEmpty();
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
