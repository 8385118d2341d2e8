package org.roundel.cli.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.training.Trainer;

/**
 * A run that is stopped and resumed ends with the bytes of one that is not, whatever the quantizer
 * and the optimizer.
 */
class ResumeIT {
  private static final RealPlugins PLUGINS = new RealPlugins();
  private static final AtomicInteger STOP = new AtomicInteger();

  @TempDir Path directory;

  @AfterAll
  static void closePlugins() {
    PLUGINS.close();
  }

  /**
   * Optimizers and quantizers meet where a quantizer has something that the optimizer updates;
   * otherwise neither knows of the other, and each has its turn.
   */
  static List<Arguments> methods() {
    List<String> optimizers =
        List.of("sgd optimizer.momentum 0.9", "nesterov", "adam", "adamw optimizer.decay weights");
    List<Arguments> methods = new ArrayList<>();
    for (String optimizer : optimizers) {
      methods.add(Arguments.of("lsq quantizer.bits 3", optimizer));
      methods.add(Arguments.of("ttq", optimizer));
    }
    for (String quantizer :
        List.of(
            "none",
            "deterministic-rounding",
            "stochastic-rounding",
            "binary-connect",
            "binary-connect quantizer.rounding stochastic",
            "binary-connect quantizer.estimator ede",
            "stochastic-rounding quantizer.grid fixed-point",
            "ternary",
            "binary-weight",
            "he-sign",
            "dorefa",
            "uniform quantizer.bits 4 quantizer.rounding stochastic",
            "binary-relax",
            "prox-quant",
            "parq",
            "bop",
            "bop quantizer.order second",
            "swalp quantizer.delta 0.125 quantizer.start-at 0.3")) {
      methods.add(Arguments.of(quantizer, optimizers.get(methods.size() % optimizers.size())));
    }
    return methods;
  }

  private static RunConfiguration configuration(String quantizer, String optimizer) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "model", "resnet-8",
                "dataset", "synthetic",
                "dataset.train-size", "22",
                "dataset.test-size", "8",
                "dataset.height", "8",
                "dataset.width", "8",
                "batch-size", "8",
                "epochs", "2",
                "schedule", "cosine"));
    for (String component : List.of("quantizer " + quantizer, "optimizer " + optimizer)) {
      settings.addAll(List.of(component.split(" ", -1)));
    }
    return RealPlugins.configuration(settings.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesTheSameBytes(String quantizer, String optimizer) throws IOException {
    Trainer trainer = PLUGINS.trainer();
    TrainingListener silent = new TrainingListener() {};
    Path whole = directory.resolve("whole");
    Path stopped = directory.resolve("stopped");
    trainer.train(configuration(quantizer, optimizer), whole, silent, () -> false);

    // The combinations stop at different places: before an update, or in the pass over the test
    // images.
    RunResult result =
        trainer.train(
            configuration(quantizer, optimizer),
            stopped,
            silent,
            stopAtPoll(STOP.getAndIncrement() % 6));
    assertThat(result.interrupted()).isTrue();
    trainer.resume(stopped, Map.of(), silent, () -> false);

    try (Checkpoint expected = newest(whole);
        Checkpoint actual = newest(stopped)) {
      assertThat(actual.name()).isEqualTo("step-000000006");
      assertThat(Files.readAllBytes(actual.weights().path()))
          .isEqualTo(Files.readAllBytes(expected.weights().path()));
      assertThat(Files.readAllBytes(actual.training().path()))
          .isEqualTo(Files.readAllBytes(expected.training().path()));
    }
  }

  private static BooleanSupplier stopAtPoll(int poll) {
    AtomicInteger polls = new AtomicInteger();
    return () -> polls.getAndIncrement() >= poll;
  }

  private static Checkpoint newest(Path run) {
    return CheckpointStore.forReading(run.resolve("checkpoints")).newestValid().checkpoint();
  }
}
