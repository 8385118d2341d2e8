package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.Batch;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.model.BatchResult;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.api.random.RandomSource;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.StepCompleted;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.Invocation;
import org.roundel.core.shard.Cluster;
import org.roundel.core.shard.ClusterFailure;

/** Batches whose parts workers compute; they are objects of this process, and given bytes. */
class ClusterTest {
  @TempDir private Path directory;
  private SmallRuns runs;

  @BeforeEach
  void makeRuns() {
    runs = new SmallRuns(directory);
  }

  /** The batches have 16 and 10 images, so the last has 10 parts where the others have 16. */
  @ParameterizedTest
  @CsvSource({"2, 1", "3, 2", "7, 1", "7, 2", "7, 3", "16, 1", "16, 2", "16, 3", "16, 5", "16, 16"})
  void theBytesAreThoseOfOneProcessHoweverManyWorkersThereAre(String shards, int workers)
      throws IOException {
    RunConfiguration configuration =
        SmallRuns.configuration("latent-stochastic", "shards", shards, "latent-error", "true");
    runs.train("alone", configuration);
    train("shared", configuration, new Workers(workers));

    runs.assertSameBytes("alone", "shared");
  }

  @ParameterizedTest
  @CsvSource({"full, 0.9", "latent-sign, 0.9", "stored-stochastic, 0", "averaging, 0"})
  void soAreTheyForEveryKindOfWeightsAndLoss(String quantizer, String decay) throws IOException {
    RunConfiguration configuration =
        SmallRuns.configuration(
            quantizer,
            "shards",
            "4",
            "validation",
            "0.3",
            "label-smoothing",
            "0.1",
            "clip-norm",
            "0.5",
            "ema-decay",
            decay);
    runs.train("alone", configuration);
    train("shared", configuration, new Workers(2));

    runs.assertSameBytes("alone", "shared");
  }

  /** As those of dropout: a part has those of its number in the batch, not in what one computes. */
  @Test
  void soAreTheyWhereTheNetDrawsRandomNumbers() {
    PluginRegistry registry = PluginRegistry.of(new TestingPlugin(), new DrawingPlugin());
    RunConfiguration configuration =
        SmallRuns.configuration("full", "shards", "4", "model", "drawing");
    List<List<Double>> losses = new ArrayList<>();
    for (Cluster cluster :
        List.of(
            Cluster.NONE,
            new Workers(new ShardWorker("0", registry), new ShardWorker("1", registry)))) {
      RunEventsRecorder events = new RunEventsRecorder();
      new Trainer(registry, Clock.SYSTEM, Invocation.NONE, cluster)
          .train(configuration, runs.path("drawn-" + losses.size()), events, () -> false);
      losses.add(events.steps.stream().map(StepCompleted::loss).toList());
    }
    assertThat(losses.get(1)).isEqualTo(losses.get(0)).hasSize(12);
  }

  private static final class DrawingPlugin implements RoundelPlugin {
    @Override
    public List<ModelFactory> models() {
      return List.of(new DrawingFactory());
    }
  }

  private static final class DrawingFactory implements ModelFactory {
    @Override
    public String name() {
      return "drawing";
    }

    @Override
    public String description() {
      return "its loss has a random number in it";
    }

    @Override
    public Model create(ModelRequest request) {
      return new SoftmaxModel(request, 0, 0) {
        @Override
        public BatchResult computeGradients(Batch batch, RandomSource random) {
          BatchResult result = super.computeGradients(batch, random);
          return new BatchResult(result.loss() + random.uniform(0), result.wrong(), result.size());
        }
      };
    }
  }

  @Test
  void aRunMayGoOnWithOrWithoutACluster() throws IOException {
    RunConfiguration configuration = SmallRuns.configuration("latent-stochastic", "shards", "4");
    runs.train("alone", configuration);
    RunResult first =
        trainer(new Workers(2))
            .train(
                configuration, runs.path("moved"), new RunEventsRecorder(), SmallRuns.stopAfter(6));
    runs.trainer()
        .resume(runs.path("moved"), Map.of(), new RunEventsRecorder(), SmallRuns.stopAfter(3));
    trainer(new Workers(3))
        .resume(runs.path("moved"), Map.of(), new RunEventsRecorder(), () -> false);

    assertThat(first.interrupted()).isTrue();
    runs.assertSameBytes("alone", "moved");
  }

  @Test
  void aLostClusterLeavesACheckpointOfTheUpdateBefore() throws IOException {
    RunConfiguration configuration = SmallRuns.configuration("latent-stochastic", "shards", "4");
    runs.train("alone", configuration);
    Workers workers = new Workers(2);
    // Opening the run is the first.
    workers.lostAt = 1 + 6;

    assertThatThrownBy(() -> train("lost", configuration, workers))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("all are gone\nThe run is kept as checkpoint step-000000005. Once")
        .hasMessageContaining("roundel resume ");
    trainer(new Workers(1))
        .resume(runs.path("lost"), Map.of(), new RunEventsRecorder(), () -> false);

    runs.assertSameBytes("alone", "lost");
  }

  @Test
  void aWorkerWithoutAPluginRefusesBeforeTheRunBegins() {
    Workers workers = new Workers(new ShardWorker("worker 0", PluginRegistry.of()));

    assertThatThrownBy(
            () -> train("refused", SmallRuns.configuration("full", "shards", "4"), workers))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("worker 0: ")
        .hasMessageContaining("softmax");
    assertThat(runs.path("refused")).doesNotExist();
  }

  @Test
  void oneProcessIsNotGivenAllOfAnUncutBatch() {
    assertThatThrownBy(() -> train("refused", SmallRuns.configuration("full"), new Workers(2)))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("shards is 1, so there is nothing to share out");
    assertThat(runs.path("refused")).doesNotExist();
  }

  /** What is computed elsewhere is read elsewhere. */
  @Test
  void theWeightsOfABinaryNetTravelAsBits() {
    Workers workers = new Workers(1);
    train("full", SmallRuns.configuration("full", "shards", "4"), workers);
    int elements = workers.longest;
    workers = new Workers(1);
    train("signs", SmallRuns.configuration("latent-sign", "shards", "4"), workers);

    // 12 weights: 48 bytes or two levels and two bytes.
    assertThat(workers.longest).isLessThan(elements + 40);
  }

  /** The worker opens another run, and what it has of the first one does not close well. */
  @Test
  void whatAWorkerHasOpenIsClosedWhicheverOfItFails() {
    ClosingPlugin plugin = new ClosingPlugin();
    PluginRegistry registry = PluginRegistry.of(new TestingPlugin(), plugin);
    Trainer trainer =
        new Trainer(
            registry,
            Clock.SYSTEM,
            Invocation.NONE,
            new Workers(new ShardWorker("worker 0", registry)));
    for (String seed : List.of("1", "2")) {
      RunConfiguration configuration =
          SmallRuns.configuration(
              "full", "shards", "4", "model", "closing", "dataset", "counted", "seed", seed);
      plugin.fails = seed.equals("2");
      ThrowingCallable run =
          () -> trainer.train(configuration, runs.path(seed), new RunEventsRecorder(), () -> false);
      if (plugin.fails) {
        assertThatThrownBy(run).hasRootCauseMessage("the model does not close");
      } else {
        assertThatCode(run).doesNotThrowAnyException();
      }
    }
    // One of each run here, one of the first run in the worker.
    assertThat(plugin.opened).hasValue(3);
    assertThat(plugin.closed).hasValue(3);
  }

  private static final class ClosingPlugin implements RoundelPlugin {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private boolean fails;

    @Override
    public List<ModelFactory> models() {
      return List.of(new ClosingFactory());
    }

    @Override
    public List<DatasetFactory> datasets() {
      return List.of(new CountedFactory());
    }

    private final class ClosingFactory implements ModelFactory {
      @Override
      public String name() {
        return "closing";
      }

      @Override
      public String description() {
        return "may fail when it is closed";
      }

      @Override
      public Model create(ModelRequest request) {
        return new SoftmaxModel(request, 0, 0) {
          @Override
          public void close() {
            if (fails) {
              throw new IllegalStateException("the model does not close");
            }
          }
        };
      }
    }

    private final class CountedFactory implements DatasetFactory {
      private final DatasetFactory blobs = new TestingPlugin().datasets().get(0);

      @Override
      public String name() {
        return "counted";
      }

      @Override
      public String description() {
        return "counts how often it is opened and closed";
      }

      @Override
      public Dataset create(Options options, Path directory) throws IOException {
        opened.incrementAndGet();
        return new CountingDataset(blobs.create(Options.defaults(blobs.options()), directory)) {
          @Override
          public void close() {
            closed.incrementAndGet();
            super.close();
          }
        };
      }
    }
  }

  private Trainer trainer(Cluster cluster) {
    return new Trainer(
        PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM, Invocation.NONE, cluster);
  }

  private void train(String name, RunConfiguration configuration, Cluster cluster) {
    trainer(cluster).train(configuration, runs.path(name), new RunEventsRecorder(), () -> false);
  }

  /** Deals tasks out in turn, and computes the last ones first. */
  private static final class Workers implements Cluster {
    private final List<ShardWorker> workers = new ArrayList<>();
    private int lostAt;
    private int calls;
    private int longest;

    Workers(int count) {
      for (int worker = 0; worker < count; worker++) {
        workers.add(new ShardWorker("worker " + worker, PluginRegistry.of(new TestingPlugin())));
      }
    }

    Workers(ShardWorker... given) {
      workers.addAll(List.of(given));
    }

    @Override
    public int workers() {
      return workers.size();
    }

    @Override
    public byte[][] run(byte[] shared, byte[][] tasks) {
      if (++calls == lostAt) {
        throw new ClusterFailure(ErrorKind.CONFIGURATION, "all are gone", null);
      }
      longest = Math.max(longest, shared.length);
      byte[][] results = new byte[tasks.length][];
      for (int task = tasks.length - 1; task >= 0; task--) {
        results[task] = workers.get(task % workers.size()).apply(shared, tasks[task]);
      }
      return results;
    }
  }
}
