package org.roundel.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.roundel.cli.Installation;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.component.ConfigurationCheck;
import org.roundel.core.event.RunResult;
import org.roundel.core.event.TrainingListener;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.plugin.load.PluginLoader;
import org.roundel.core.training.NewRun;
import org.roundel.core.training.Trainer;

/** What is left of a run, and how it goes on from there by the words that began it. */
final class RecoveredRun {
  private static final List<String> SETTINGS =
      List.of(
          "model=resnet-8",
          "dataset=synthetic",
          "quantizer=stochastic-rounding",
          "optimizer=adam",
          "batch-size=8",
          "keep-checkpoints=1",
          "dataset.train-size=16",
          "dataset.test-size=8",
          "dataset.channels=1",
          "dataset.height=8",
          "dataset.width=8",
          "dataset.classes=2");

  private static final PluginRegistry PLUGINS =
      PluginLoader.load(Installation.packaged().resolve("plugins"));

  private final List<String> settings;

  /**
   * Makes one of runs that take so many epochs.
   *
   * @param more settings, as in {@code seed=2}
   */
  RecoveredRun(int epochs, String... more) {
    settings = new ArrayList<>(SETTINGS);
    settings.add("epochs=" + epochs);
    settings.addAll(List.of(more));
  }

  /** Returns the words that start a run, or go on with it, as a job script says them. */
  List<String> command(Path run) {
    List<String> command =
        new ArrayList<>(List.of("train", "--quiet", "--resume-if-exists", "--run-dir=" + run));
    settings.forEach(setting -> command.add("--set=" + setting));
    return command;
  }

  /** Goes on with what is left in the test's own JVM, as the command does, without a report. */
  void goOn(Path run) {
    Map<String, String> values = new TreeMap<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      values.put(parts[0], parts[1]);
    }
    NewRun words = NewRun.in(run, ConfigurationCheck.of(PLUGINS, values));
    RunResult result =
        new Trainer(PLUGINS, Clock.SYSTEM)
            .trainOrResume(words, run, new TrainingListener() {}, () -> false);
    assertThat(result.interrupted()).isFalse();
  }

  /** Returns the content of a run, without the files that only the command writes. */
  static Map<String, String> content(Path run) throws IOException {
    Map<String, String> content = new TreeMap<>(RunContent.of(run));
    content.keySet().removeAll(Set.of("report.html", "log.txt"));
    return content;
  }

  /** Returns in words what is left of a run. */
  static String describe(Path run) {
    if (!Files.exists(run.resolve("manifest.json"))) {
      return "left: no run yet";
    }
    CheckpointStore checkpoints = CheckpointStore.forReading(run.resolve("checkpoints"));
    return checkpoints
        .newest()
        .map(name -> "left: checkpoint " + name)
        .orElse("left: no checkpoint yet");
  }

  /** Returns all files below a directory with their SHA-256, and the directories. */
  static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = directory.relativize(entry).toString();
        files.put(name, Files.isDirectory(entry) ? "directory" : RunContent.sha256(entry));
      }
    }
    return files;
  }

  /**
   * Returns a new directory in memory, where the system has such: to wait for a disk tells nothing
   * more where nothing is cut off from it.
   *
   * @param otherwise where it is made if the system has none
   */
  static Path inMemory(Path otherwise) throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.createTempDirectory(Files.isWritable(memory) ? memory : otherwise, "roundel-");
  }

  /** Copies a directory. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> entries = Files.walk(from)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Files.copy(entry, to.resolve(from.relativize(entry).toString()));
      }
    }
  }

  /** Deletes a directory. */
  static void delete(Path directory) throws IOException {
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : (Iterable<Path>) entries.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(entry);
      }
    }
  }
}
