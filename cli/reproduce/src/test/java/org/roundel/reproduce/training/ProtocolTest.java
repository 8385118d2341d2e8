package org.roundel.reproduce.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.roundel.core.config.ConfigurationFile;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.reproduce.experiment.Scale;

/** What is trained at each scale, against the tables of the paper as the project knows them. */
class ProtocolTest {
  private static final Path PRESETS = Path.of("..", "src", "dist", "conf", "paper");
  private static final String UPDATE = "golden.update";

  private static Protocol paper(boolean imageNet) {
    return new Protocol(Scale.PAPER, 3, imageNet, Map.of());
  }

  @Test
  void paperScaleIsThePublishedProtocol() {
    List<Trial> trials = new MethodsExperiment(paper(true)).trials();
    assertThat(trials).hasSize(6 * 5 * 3).doesNotHaveDuplicates();
    Trial bigWide =
        trials.stream()
            .filter(trial -> trial.task().model().equals("wrn-56-2"))
            .filter(trial -> trial.method() == Method.BIG_STOCHASTIC_ROUNDING)
            .findFirst()
            .orElseThrow();
    assertThat(bigWide.settings())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("model", "wrn-56-2"),
                Map.entry("dataset", "cifar-10"),
                Map.entry("quantizer", "stochastic-rounding"),
                Map.entry("quantize", "conv"),
                Map.entry("optimizer", "adam"),
                Map.entry("learning-rate", "0.01"),
                Map.entry("schedule", "step"),
                Map.entry("schedule.milestones", "82,122"),
                Map.entry("epochs", "160"),
                Map.entry("batch-size", "512")));
    assertThat(trials.stream().map(trial -> trial.task().name()).distinct())
        .containsExactly(
            "vgg-9-cifar-10",
            "vgg-bc-cifar-10",
            "resnet-56-cifar-10",
            "wrn-56-2-cifar-10",
            "resnet-56-cifar-100",
            "resnet-18-image-folder");
    assertThat(Task.imageNet().epochs()).isEqualTo(90);
    assertThat(Task.imageNet().milestones()).containsExactly(30, 60);
  }

  @Test
  void withoutImageNetItsColumnIsLeftOut() {
    assertThat(paper(false).tasks()).hasSize(5);
  }

  @Test
  void aShorterRunLowersItsRateAtTheSameShares() {
    Task published = Task.published("resnet-8", "cifar-10", 1024);
    assertThat(published.withEpochs(160)).isEqualTo(published);
    assertThat(published.withEpochs(16).milestones()).containsExactly(9, 13);
    assertThat(published.withEpochs(320).milestones()).containsExactly(163, 243);
    assertThat(published.withEpochs(2).milestones()).containsExactly(2);
    assertThat(published.withEpochs(1).milestones()).isEmpty();
    assertThat(Trial.of(published.withEpochs(1), Method.ADAM, 1).settings())
        .containsEntry("schedule", "constant")
        .doesNotContainKey("schedule.milestones");
  }

  @Test
  void whatTheUserSetsHoldsForAllRuns() {
    Protocol protocol =
        new Protocol(Scale.LAPTOP, 1, false, Map.of("epochs", "8", "dataset.train-limit", "640"));
    Task task = protocol.task("resnet-56");
    assertThat(task.epochs()).isEqualTo(8);
    assertThat(task.milestones()).containsExactly(5, 7);
    assertThat(Trial.of(task, Method.ADAM, 1).settings())
        .containsEntry("dataset.train-limit", "640")
        .containsEntry("epochs", "8");
  }

  @Test
  void experimentsShareTheTrainingsThatAreTheSame() {
    Protocol protocol = new Protocol(Scale.SMOKE, 2, false, Map.of());
    List<Trial> methods = new MethodsExperiment(protocol).trials();
    List<String> names =
        Stream.of(
                new BatchSizeExperiment(protocol),
                new WeightChangesExperiment(protocol),
                new WeightDecayExperiment(protocol))
            .flatMap(experiment -> experiment.trials().stream())
            .map(trial -> trial.cell(Map.of()).name())
            .toList();
    // Two seeds each: in batch-size SR at 128 and 1024, BC at 128; in weight-changes all three; in
    // weight-decay BC without.
    List<String> shared =
        methods.stream().map(trial -> trial.cell(Map.of()).name()).filter(names::contains).toList();
    assertThat(shared).hasSize(2 * 4).doesNotHaveDuplicates();
    assertThat(names.stream().distinct()).hasSize(2 * (8 + 1 + 3));
  }

  @Test
  void everyPresetIsThePublishedRun() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (Task task : paper(true).tasks()) {
      for (Method method : Method.values()) {
        Trial trial = Trial.of(task, method, 1);
        expected.put(task.name() + "-" + method.slug() + ".yaml", preset(trial));
      }
    }
    if (Boolean.getBoolean(UPDATE)) {
      Files.createDirectories(PRESETS);
      for (Map.Entry<String, String> file : expected.entrySet()) {
        Files.writeString(PRESETS.resolve(file.getKey()), file.getValue());
      }
    }
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(PRESETS)) {
      for (Path file : files.toList()) {
        found.put(file.getFileName().toString(), Files.readString(file));
        RunConfiguration configuration = RunConfiguration.of(ConfigurationFile.readYaml(file));
        assertThat(configuration.get(RunSettings.OPTIMIZER)).isEqualTo("adam");
      }
    }
    assertThat(found).as("-D%s=true writes them anew", UPDATE).isEqualTo(expected).hasSize(30);
  }

  private static String preset(Trial trial) {
    String file = trial.task().name() + "-" + trial.method().slug() + ".yaml";
    return "# "
        + trial.method().label()
        + ", "
        + trial.task().label()
        + ", as in Li et al., Training Quantized Nets, NeurIPS 2017.\n"
        + "# roundel train --config conf/paper/"
        + file
        + " --data-dir D --seed N\n"
        + ConfigurationFile.toYaml(trial.settings());
  }
}
