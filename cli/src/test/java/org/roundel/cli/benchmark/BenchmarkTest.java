package org.roundel.cli.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.training.TestingPlugin;

class BenchmarkTest {
  private final Benchmark benchmark =
      new Benchmark(PluginRegistry.of(new TestingPlugin()), new TickingClock());
  private final List<BenchmarkedNet> started = new ArrayList<>();

  private static RunConfiguration configuration(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "latent-sign");
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  @Test
  void moreThreadsThanProcessorsCanUseAreRefused() {
    // More than any machine has a quarter of.
    assertThatThrownBy(
            () -> benchmark.run(configuration("threads", "1024"), 0, 1, Set.of(), net -> {}))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("threads is 1024");
  }

  /**
   * Each reading of the clock is a millisecond after the last, so a part takes one, and an update
   * six: its own two readings and the step's four.
   */
  @Test
  void measuresThePhasesOfTheRunsOwnSteps() {
    List<String> progress = new ArrayList<>();
    BenchmarkResult result =
        benchmark.run(
            configuration(),
            2,
            5,
            Set.of(),
            new BenchmarkListener() {
              @Override
              public void started(BenchmarkedNet net) {
                started.add(net);
              }

              @Override
              public void progressed(String what, long done, long all) {
                progress.add(what + " " + done + "/" + all);
              }
            });
    assertThat(progress)
        .hasSize(15)
        .startsWith("training, to warm up 0/28", "training, to warm up 3/28", "training 6/28")
        .endsWith("inference 28/28");

    StepTimes training = result.training();
    assertThat(training.steps()).isEqualTo(5);
    assertThat(training.images()).isEqualTo(16);
    assertThat(training.step()).isEqualTo(new Times(0.006, 0.006, 0.006, 0.03));
    assertThat(training.phases())
        .extracting(StepTimes.PhaseTime::phase)
        .containsExactly("data", "quantize", "gradients", "update");
    assertThat(training.phases())
        .extracting(StepTimes.PhaseTime::times)
        .containsOnly(new Times(0.001, 0.001, 0.001, 0.005));
    assertThat(training.imagesPerSecond()).isEqualTo(16 / 0.006);
    assertThat(training.share(training.phases().get(0))).isEqualTo(0.005 / 0.03);
    StepTimes inference = result.inference();
    assertThat(inference.step()).isEqualTo(new Times(0.002, 0.002, 0.002, 0.01));
    assertThat(inference.phases())
        .extracting(StepTimes.PhaseTime::phase)
        .containsExactly("data", "forward");
    assertThat(result.memory().bytes()).isPositive();
  }

  /** 3 classes of 4 inputs and 3 biases; momentum has one array of state. */
  @Test
  void saysWhatIsMeasured() {
    benchmark.run(configuration(), 0, 1, Set.of(), started::add);
    benchmark.run(configuration("quantizer", "full"), 0, 1, Set.of(), started::add);

    InputShape images = new InputShape(1, 2, 2);
    assertThat(started)
        .containsExactly(
            new BenchmarkedNet(
                15, 12, images, 16, new MultiplyAdds(12, 12), 2 * 4 * 12, 5 * 4 * 15),
            new BenchmarkedNet(15, 0, images, 16, new MultiplyAdds(12, 12), 0, 5 * 4 * 15));
  }

  @Test
  void aBatchHoldsNoMoreThanThereIs() {
    BenchmarkResult result =
        benchmark.run(configuration("batch-size", "1000"), 1, 4, Set.of(), started::add);
    assertThat(started.get(0).batchSize()).isEqualTo(58);
    assertThat(result.training().images()).isEqualTo(58);
    assertThat(result.inference().images()).isEqualTo(30);
  }

  /** Seven updates are made, and no more. */
  @ParameterizedTest
  @CsvSource({"7, true", "8, false"})
  void warmsUpAndSaysWhenTrainingDiverges(String divergeAt, boolean diverges) {
    RunConfiguration configuration = configuration("model.diverge-at", divergeAt);
    if (!diverges) {
      assertThat(benchmark.run(configuration, 3, 4, Set.of(), started::add).training().steps())
          .isEqualTo(4);
      return;
    }
    assertThatThrownBy(() -> benchmark.run(configuration, 3, 4, Set.of(), started::add))
        .isInstanceOfSatisfying(
            RoundelException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.DIVERGED))
        .hasMessageContainingAll("update 7 of the benchmark", "rate 0.01", "smaller learning-rate");
  }

  @Test
  void anImageThatCannotBeReadEndsItWithItsMessage() {
    RunConfiguration broken = configuration("dataset.fail-at", "3");
    assertThatThrownBy(() -> benchmark.run(broken, 0, 9, Set.of(), started::add))
        .isInstanceOf(RoundelException.class)
        .hasMessageContaining("image 3 is gone");
  }

  /** Each number of threads is timed by the clock's two readings, a millisecond apart. */
  @Test
  void measuresReadingIfAsked() {
    assertThat(benchmark.run(configuration(), 0, 1, Set.of(), started::add).reading()).isNull();
    BenchmarkResult result =
        benchmark.run(configuration(), 0, 7, Set.of(Benchmark.Extra.READING), started::add);
    ReadingSpeed reading = result.reading();
    assertThat(reading).isNotNull();
    assertThat(reading.batches()).isEqualTo(7);
    int threads = 1;
    for (ReadingSpeed.OnThreads measured : reading.byThreads()) {
      assertThat(measured.threads()).isEqualTo(threads);
      assertThat(measured.imagesPerSecond()).isEqualTo(7 * 16 / 0.001);
      assertThat(measured.processorSeconds()).isNotNegative();
      threads *= 2;
    }
    assertThat(threads).isGreaterThan(2 * Runtime.getRuntime().availableProcessors());
  }

  @Test
  void writesEveryFigureAsJson() throws IOException {
    RunConfiguration configuration = configuration();
    BenchmarkResult result =
        benchmark.run(configuration, 0, 3, Set.of(Benchmark.Extra.READING), started::add);
    JsonNode json =
        new JsonMapper()
            .readTree(BenchmarkJson.of(configuration, result, new MachineSpeed(2e9, 3e9, 2)));

    assertThat(json.at("/configuration/batch-size").asText()).isEqualTo("16");
    assertThat(json.at("/net/quantized_parameters").asInt()).isEqualTo(12);
    assertThat(json.at("/net/image_shape").toString()).isEqualTo("[1,2,2]");
    // One window: a product for each weight, and as many for the weights' gradient.
    assertThat(json.at("/net/multiply_adds_per_image/forward").asInt()).isEqualTo(12);
    assertThat(json.at("/net/multiply_adds_per_image/backward").asInt()).isEqualTo(12);
    assertThat(json.at("/training/steps").asInt()).isEqualTo(3);
    assertThat(json.at("/training/images_per_second/median").asDouble()).isEqualTo(16 / 0.006);
    assertThat(json.at("/training/phase_seconds/update/median").asDouble()).isEqualTo(0.001);
    assertThat(json.at("/inference/phase_seconds/forward/sum").asDouble()).isEqualTo(0.003);
    assertThat(json.at("/machine/gemm_flops_per_second").asDouble()).isEqualTo(2e9);
    assertThat(json.at("/machine/copy_bytes_per_second").asDouble()).isEqualTo(3e9);
    assertThat(json.at("/reading/batches").asInt()).isEqualTo(3);
    assertThat(json.at("/reading/by_threads/1/threads").asInt()).isEqualTo(2);
    assertThat(json.at("/reading/by_threads/1/images_per_second").asDouble())
        .isEqualTo(3 * 16 / 0.001);
    assertThat(json.at("/memory/bytes").asLong()).isEqualTo(result.memory().bytes());
  }

  /** A millisecond passes between two readings, whatever happens. */
  private static final class TickingClock implements Clock {
    private long readings;

    @Override
    public long wallTime() {
      return 0;
    }

    @Override
    public long monotonicTime() {
      return 1_000_000 * readings++;
    }
  }
}
