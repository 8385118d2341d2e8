package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;

/** Runs whose loss goes by more than labels. */
class TargetsTest {
  @TempDir Path directory;

  private final Trainer trainer =
      new Trainer(PluginRegistry.of(new TestingPlugin(), new DeafPlugin()), Clock.SYSTEM);

  private static RunConfiguration configuration(String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("model", "softmax");
    values.put("quantizer", "latent-stochastic");
    values.put("optimizer", "momentum");
    values.put("schedule", "constant");
    values.put("dataset", "blobs");
    values.put("batch-size", "16");
    values.put("learning-rate", "0.2");
    values.put("epochs", "2");
    for (int index = 0; index < more.length; index += 2) {
      values.put(more[index], more[index + 1]);
    }
    return RunConfiguration.of(values);
  }

  private RunEventsRecorder train(Path run, String... more) {
    RunEventsRecorder events = new RunEventsRecorder();
    trainer.train(configuration(more), run, events, () -> false);
    return events;
  }

  private static byte[] training(Path run) throws IOException {
    try (Checkpoint newest =
        CheckpointStore.forReading(run.resolve("checkpoints")).newestValid().checkpoint()) {
      return Files.readAllBytes(newest.training().path());
    }
  }

  @Test
  void smoothedLabelsHaveAnotherLossThanLabelsAndTheSameFirstErrors() throws IOException {
    RunEventsRecorder plain = train(directory.resolve("plain"));
    RunEventsRecorder smoothed = train(directory.resolve("smoothed"), "label-smoothing", "0.3");

    assertThat(smoothed.steps.get(0).wrong()).isEqualTo(plain.steps.get(0).wrong());
    assertThat(smoothed.steps.get(0).loss()).isNotEqualTo(plain.steps.get(0).loss());
    assertThat(training(directory.resolve("smoothed")))
        .isNotEqualTo(training(directory.resolve("plain")));
    // The entropy of (0.8, 0.1, 0.1), below which no net can come.
    double entropy = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.1);
    assertThat(smoothed.steps).allSatisfy(step -> assertThat(step.loss()).isGreaterThan(entropy));
  }

  @Test
  void noSmoothingIsARunByLabels() throws IOException {
    train(directory.resolve("plain"));
    train(directory.resolve("none"), "label-smoothing", "0");

    assertThat(training(directory.resolve("none"))).isEqualTo(training(directory.resolve("plain")));
  }

  @Test
  void aStoppedRunGoesOnToTheSameBytes() throws IOException {
    Path whole = directory.resolve("whole");
    train(whole, "label-smoothing", "0.1");
    Path stopped = directory.resolve("stopped");
    AtomicInteger polls = new AtomicInteger();
    trainer.train(
        configuration("label-smoothing", "0.1"),
        stopped,
        new RunEventsRecorder(),
        () -> polls.incrementAndGet() > 3);
    trainer.resume(stopped, Map.of(), new RunEventsRecorder(), () -> false);

    assertThat(training(stopped)).isEqualTo(training(whole));
  }

  @Test
  void aModelWhoseLossGoesByLabelsIsRefused() {
    Path run = directory.resolve("run");
    assertThatThrownBy(() -> train(run, "model", "deaf", "label-smoothing", "0.1"))
        .isInstanceOfSatisfying(
            RoundelException.class,
            refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessage(
            "label-smoothing is not possible here: the loss of model 'deaf' goes by labels alone."
                + " Leave it out, or choose a model whose loss is cross-entropy.");
    assertThat(run).doesNotExist();
  }

  /** A model that takes no targets. */
  public static final class DeafPlugin implements RoundelPlugin {
    @Override
    public List<ModelFactory> models() {
      return List.of(
          new ModelFactory() {
            @Override
            public String name() {
              return "deaf";
            }

            @Override
            public String description() {
              return "a model for tests";
            }

            @Override
            public Model create(ModelRequest request) {
              return new SoftmaxModel(request, 0, 0) {
                @Override
                public boolean takesTargets() {
                  return false;
                }
              };
            }
          });
    }
  }
}
