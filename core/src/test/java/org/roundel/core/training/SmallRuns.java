package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.event.RunResult;
import org.roundel.core.plugin.PluginRegistry;

/** Runs of {@link TestingPlugin}'s softmax on its blobs, and what they leave. */
final class SmallRuns {
  private final Path directory;
  private final Trainer trainer = new Trainer(PluginRegistry.of(new TestingPlugin()), Clock.SYSTEM);

  SmallRuns(Path directory) {
    this.directory = directory;
  }

  /** Returns a configuration of three epochs of four updates; the batches are 16, 16, 16 and 10. */
  static RunConfiguration configuration(String quantizer, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", quantizer);
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("learning-rate", "0.2");
    values.put("epochs", "3");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  Trainer trainer() {
    return trainer;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  RunEventsRecorder train(String name, RunConfiguration configuration) {
    RunEventsRecorder events = new RunEventsRecorder();
    trainer.train(configuration, path(name), events, () -> false);
    return events;
  }

  /** Trains a run whole, and once for each place where it can be stopped; all end the same. */
  void assertSameBytesWhereverStopped(RunConfiguration configuration) throws IOException {
    train("whole", configuration);
    boolean interrupted = true;
    int polls = 1;
    for (; interrupted; polls++) {
      String name = "stopped-" + polls;
      RunResult first =
          trainer.train(configuration, path(name), new RunEventsRecorder(), stopAfter(polls));
      interrupted = first.interrupted();
      if (interrupted) {
        trainer.resume(path(name), Map.of(), new RunEventsRecorder(), () -> false);
      }
      assertSameBytes("whole", name);
    }
    assertThat(polls).isGreaterThan(12);
  }

  void assertSameBytes(String expected, String actual) throws IOException {
    try (Checkpoint first = newest(expected);
        Checkpoint second = newest(actual)) {
      assertThat(second.name()).isEqualTo(first.name());
      assertThat(Files.readAllBytes(second.weights().path()))
          .as("weights of %s", actual)
          .isEqualTo(Files.readAllBytes(first.weights().path()));
      assertThat(Files.readAllBytes(second.training().path()))
          .as("training of %s", actual)
          .isEqualTo(Files.readAllBytes(first.training().path()));
    }
  }

  static BooleanSupplier stopAfter(int polls) {
    int[] count = {0};
    return () -> ++count[0] >= polls;
  }

  Checkpoint newest(String name) {
    return CheckpointStore.forReading(path(name).resolve("checkpoints")).newestValid().checkpoint();
  }

  Checkpoint checkpoint(String name, int step) {
    return CheckpointStore.forReading(path(name).resolve("checkpoints"))
        .open(CheckpointStore.stepName(step));
  }

  static float[] read(SafetensorsReader file, String name, int length) {
    float[] values = new float[length];
    file.readFloats(name, FloatBuffer.wrap(values));
    return values;
  }

  /** Returns the mean of the images that statistics are estimated on, those of an epoch 0. */
  static double[] meanImage() {
    double[] mean = new double[4];
    for (int index = 0; index < 58; index++) {
      RandomSource noise = RandomSource.of(1, RandomPurpose.AUGMENT, 0).forTensor(index);
      for (int pixel = 0; pixel < 4; pixel++) {
        mean[pixel] += ((pixel == index % 3 ? 2 : 0) + 0.5 * noise.normal(pixel)) / 58;
      }
    }
    return mean;
  }
}
