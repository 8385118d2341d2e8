package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.api.Options;
import org.roundel.api.RoundelPlugin;
import org.roundel.api.dataset.Augmentation;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.dataset.DatasetFactory;
import org.roundel.api.dataset.Split;
import org.roundel.api.model.InputShape;
import org.roundel.api.model.Model;
import org.roundel.api.model.ModelFactory;
import org.roundel.api.model.ModelRequest;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.slf4j.LoggerFactory;

/** Runs that learn from another run's net. */
class TeacherTest {
  private static final long LARGE = 64_000_000;

  @TempDir Path directory;
  private Path teacher;

  private final Trainer trainer =
      new Trainer(PluginRegistry.of(new TestingPlugin(), new OthersPlugin()), Clock.SYSTEM);

  @BeforeEach
  void trainTheTeacher() {
    teacher = directory.resolve("teacher");
    train(teacher, () -> false, "quantizer", "full");
  }

  private RunEventsRecorder train(Path run, BooleanSupplier stop, String... more) {
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
    RunEventsRecorder events = new RunEventsRecorder();
    trainer.train(RunConfiguration.of(values), run, events, stop);
    return events;
  }

  private RunEventsRecorder learn(Path run, String... more) {
    String[] settings = List.of("teacher", teacher.toString()).toArray(new String[more.length + 2]);
    System.arraycopy(more, 0, settings, 2, more.length);
    return train(run, () -> false, settings);
  }

  private static BooleanSupplier after(int polls) {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.incrementAndGet() > polls;
  }

  private static byte[] training(Path run) throws IOException {
    try (Checkpoint newest =
        CheckpointStore.forReading(run.resolve("checkpoints")).newestValid().checkpoint()) {
      return Files.readAllBytes(newest.training().path());
    }
  }

  @Test
  void aTeacherChangesWhatIsLearnedAndIsRecorded() throws IOException {
    Path alone = directory.resolve("alone");
    train(alone, () -> false);
    Path taught = directory.resolve("taught");
    learn(taught);
    Path half = directory.resolve("half");
    learn(half, "teacher-share", "0.5", "label-smoothing", "0.1");

    assertThat(training(taught)).isNotEqualTo(training(alone)).isNotEqualTo(training(half));
    String best = CheckpointStore.forReading(teacher.resolve("checkpoints")).best().orElseThrow();
    assertThat(Files.readString(taught.resolve("manifest.json")))
        .contains("\"checkpoint\" : \"" + best + "\"", "weights-sha256");
    assertThat(Files.readString(alone.resolve("manifest.json"))).doesNotContain("weights-sha256");
  }

  /** A system that gives memory when it is written would kill the run in its first step. */
  @Test
  void whatTheTeachersNetWillWorkInIsCountedBeforeTheFirstStep() {
    Path large = directory.resolve("large");
    train(large, () -> false, "model", "large", "quantizer", "full");
    Logger logger = (Logger) LoggerFactory.getLogger(MemoryCheck.class);
    ListAppender<ILoggingEvent> needs = new ListAppender<>();
    needs.start();
    logger.addAppender(needs);
    logger.setLevel(Level.DEBUG);
    try {
      learn(directory.resolve("small"));
      train(directory.resolve("taught"), () -> false, "teacher", large.toString());
    } finally {
      logger.setLevel(null);
      logger.detachAppender(needs);
    }
    long[] bytes =
        needs.list.stream().mapToLong(event -> (Long) event.getArgumentArray()[0]).toArray();
    assertThat(bytes).hasSize(2);
    assertThat(bytes[1] - bytes[0]).isBetween(LARGE - LARGE / 8, LARGE + LARGE / 8);
  }

  @Test
  void aStoppedRunGoesOnToTheSameBytesAndIsEvaluatedWithoutItsTeacher() throws IOException {
    Path whole = directory.resolve("whole");
    learn(whole, "teacher-share", "0.7");
    Path stopped = directory.resolve("stopped");
    train(stopped, after(3), "teacher", teacher.toString(), "teacher-share", "0.7");
    RunEventsRecorder resumed = new RunEventsRecorder();
    trainer.resume(stopped, Map.of(), resumed, () -> false);

    assertThat(resumed.started.get(0).notices()).isEmpty();
    assertThat(training(stopped)).isEqualTo(training(whole));
    Files.move(teacher, directory.resolve("elsewhere"));
    assertThat(trainer.evaluate(stopped, "newest", OptionalInt.empty()).test()).isNotNull();
  }

  @Test
  void aRunGoesOnWithItsTeacherWhereverThatIs() throws IOException {
    Path whole = directory.resolve("whole");
    learn(whole);
    Path stopped = directory.resolve("stopped");
    train(stopped, after(3), "teacher", teacher.toString());
    Path elsewhere = Files.move(teacher, directory.resolve("elsewhere"));
    refusedToGoOn(stopped, Map.of(), "there is no run directory " + teacher);
    train(teacher, () -> false, "quantizer", "full", "seed", "5");
    refusedToGoOn(stopped, Map.of(), "holds other weights, with the SHA-256");

    RunEventsRecorder resumed = new RunEventsRecorder();
    trainer.resume(stopped, Map.of("teacher", elsewhere.toString()), resumed, () -> false);
    assertThat(training(stopped)).isEqualTo(training(whole));
    assertThat(resumed.started.get(0).notices())
        .singleElement()
        .asString()
        .startsWith("after 3 updates, teacher becomes " + elsewhere);
  }

  /** A teacher that has trained on has a better checkpoint, and its run still the one before. */
  @Test
  void aRunGoesOnWithTheCheckpointThatItBeganWith() throws IOException {
    Path slow = directory.resolve("slow");
    train(slow, () -> false, "quantizer", "full", "epochs", "1", "learning-rate", "0.002");
    Path whole = directory.resolve("whole");
    train(whole, () -> false, "teacher", slow.toString());
    Path stopped = directory.resolve("stopped");
    train(stopped, after(3), "teacher", slow.toString());
    CheckpointStore store = CheckpointStore.forReading(slow.resolve("checkpoints"));
    String before = store.best().orElseThrow();
    resume(slow, Map.of("epochs", "20", "keep-checkpoints", "100"));
    assertThat(store.best().orElseThrow()).isNotEqualTo(before);
    resume(stopped, Map.of());
    assertThat(training(stopped)).isEqualTo(training(whole));
  }

  @Test
  void aRunWithoutATeacherGetsNone() {
    Path alone = directory.resolve("alone");
    train(alone, after(3));
    assertThatThrownBy(() -> resume(alone, Map.of("teacher", teacher.toString())))
        .hasMessageStartingWith("teacher: this run has learned from the labels only");
  }

  private void resume(Path run, Map<String, String> changes) {
    trainer.resume(run, changes, new RunEventsRecorder(), () -> false);
  }

  private void refusedToGoOn(Path run, Map<String, String> changes, String reason)
      throws IOException {
    String manifest = Files.readString(run.resolve("manifest.json"));
    assertThatThrownBy(() -> resume(run, changes))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("teacher: ")
        .hasMessageContaining(reason)
        .hasMessageContaining("This run learns from the checkpoint step-")
        .hasMessageEndingWith("or name the run directory that has it by --teacher.");
    assertThat(run.resolve("manifest.json")).hasContent(manifest);
  }

  @Test
  void whoCannotTeachIsRefused() throws IOException {
    refused("there is no run directory", "teacher", directory.resolve("none").toString());
    Path fresh = directory.resolve("fresh");
    train(fresh, () -> true, "quantizer", "full");
    refused("has made no update yet. Train it first", "teacher", fresh.toString());
    refused(
        "class 0 is 'first' in " + teacher + " and 'one' in this run", "dataset", "renamed-blobs");
    refused("knows 3 classes, and this run has 2", "dataset", "fewer-blobs");
    refused(
        "was trained on images 1x2x2, and those of this run are 1x1x4", "dataset", "flat-blobs");
    Path empty = directory.resolve("empty");
    train(empty, () -> true, "quantizer", "full");
    Files.move(empty.resolve("checkpoints"), directory.resolve("gone"));
    Files.createDirectory(empty.resolve("checkpoints"));
    refused("holds no checkpoint", "teacher", empty.toString());
  }

  private void refused(String reason, String... more) {
    Path run = directory.resolve("refused");
    assertThatThrownBy(() -> learn(run, more))
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith("teacher: ")
        .hasMessageContaining(reason);
    assertThat(run).doesNotExist();
  }

  @Test
  void sharesWithoutMeaningAreRefused() {
    assertThatThrownBy(() -> train(directory.resolve("x"), () -> false, "teacher-share", "0.5"))
        .hasMessageContaining("teacher-share: there is no teacher to have a share");
    assertThatThrownBy(() -> learn(directory.resolve("x"), "label-smoothing", "0.1"))
        .hasMessageContaining("label-smoothing: labels have no part in the loss");
  }

  /** Images as in blobs, in other classes or of another shape. */
  public static final class OthersPlugin implements RoundelPlugin {
    @Override
    public List<ModelFactory> models() {
      return List.of(new LargeFactory());
    }

    @Override
    public List<DatasetFactory> datasets() {
      InputShape square = new InputShape(1, 2, 2);
      return List.of(
          new OtherFactory("renamed-blobs", square, List.of("one", "two", "three")),
          new OtherFactory("fewer-blobs", square, List.of("first", "second")),
          new OtherFactory(
              "flat-blobs", new InputShape(1, 1, 4), List.of("first", "second", "third")));
    }
  }

  /** Nets that work in memory which nobody writes before they compute. */
  private static final class LargeFactory implements ModelFactory {
    @Override
    public String name() {
      return "large";
    }

    @Override
    public String description() {
      return "a model for tests";
    }

    @Override
    public Model create(ModelRequest request) {
      BytePointer room = new BytePointer(LARGE);
      return new SoftmaxModel(request, 0, 0) {
        @Override
        public void close() {
          room.close();
        }
      };
    }
  }

  private record OtherFactory(String name, InputShape shape, List<String> classes)
      implements DatasetFactory {
    @Override
    public String description() {
      return "a dataset for tests";
    }

    @Override
    public Dataset create(Options options, Path unused) throws IOException {
      DatasetFactory blobs = new TestingPlugin().datasets().get(0);
      return new Other(blobs.create(Options.defaults(blobs.options()), unused), shape, classes);
    }
  }

  private record Other(Dataset images, InputShape inputShape, List<String> classNames)
      implements Dataset {
    @Override
    public int size(Split split) {
      return images.size(split);
    }

    @Override
    public int read(Split split, int index, @Nullable Augmentation augmentation, FloatBuffer image)
        throws IOException {
      return images.read(split, index, augmentation, image);
    }

    @Override
    public String fingerprint() {
      return images.fingerprint();
    }

    @Override
    public void close() {
      images.close();
    }
  }
}
