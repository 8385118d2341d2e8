package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.run.RunDirectory;

/** What users read when their input is at fault; with the packaged plugins, in this JVM. */
class BadInputIT {
  private static final int USAGE = 2;
  private static final int CONFIGURATION = 3;

  @TempDir private static Path shared;
  private static Path goodRun;

  @TempDir private Path directory;

  @BeforeAll
  static void train() {
    goodRun = shared.resolve("run");
    List<String> arguments = new ArrayList<>(List.of("train", "--run-dir", goodRun.toString()));
    arguments.addAll(Installation.TINY_RUN);
    Outcome outcome = roundel().run(arguments.toArray(String[]::new));
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
  }

  @Test
  void unknownComponents() throws IOException {
    check("unknown-components", CONFIGURATION, train("--model=resnt-20", "--optimizer=adma"));
    check("family-without-number", CONFIGURATION, train("--model=resnet"));
    check("family-number-not-allowed", CONFIGURATION, train("--model=resnet-21"));
  }

  @Test
  void metricsThatCannotGoWhereTheyShould() throws IOException {
    check("metrics-linger-negative", CONFIGURATION, train("--metrics-linger=-5"));
    check("metrics-linger-without-port", USAGE, train("--metrics-linger=5"));
    check("metrics-file-name", CONFIGURATION, train("--metrics-file=" + directory + "/x.txt"));
    check("metrics-file-place", CONFIGURATION, train("--metrics-file=" + directory + "/a/x.prom"));
    check(
        "metrics-file-directory",
        CONFIGURATION,
        train("--metrics-file=" + madeDirectory("a.prom")));
    check("metrics-otlp-address", CONFIGURATION, train("--metrics-otlp=localhost:4318"));
  }

  private Path madeDirectory(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  @Test
  void describesWhatTrainWouldSayOfANet() throws IOException {
    for (String name : List.of("resnet-21", "wrn-28-10")) {
      Outcome described = roundel().run("describe", name);
      assertThat(described.exitCode()).isEqualTo(CONFIGURATION);
      assertThat(described.err()).isEqualTo(roundel().run(train("--model=" + name)).err());
    }
    check("describe-near", CONFIGURATION, "describe", "resnt-20");
  }

  @Test
  void everythingThatIsWrongWithAConfiguration() throws IOException {
    Path yaml = directory.resolve("run.yaml");
    Files.writeString(
        yaml,
        """
        epochs: many
        optimizer: adma
        quantizer: deterministic-rounding
        quantizer.minimum: 1
        quantizer.delta: 0
        MODEL.ENGINE: fast
        schedule: step
        schedule.milestones: [3, 2]
        schedule.gama: 1
        data-dir: ''
        """);
    String[] more = {"--config", yaml.toString(), "--batch-size=0", "--set=sed=1"};
    String[] train = {"train", "--run-dir", directory.resolve("never").toString()};
    check("settings-several-wrong", CONFIGURATION, join(train, more));
    Outcome bench = roundel().run(join(new String[] {"bench"}, more));
    assertThat(bench.exitCode()).isEqualTo(CONFIGURATION);
    assertThat(relative(bench.err()))
        .isEqualTo(
            Files.readString(Path.of("src/test/resources/golden/settings-several-wrong.txt")));
    String[] reproduce = {
      "reproduce",
      "methods",
      "--out",
      directory.toString(),
      "--set=epochs=many",
      "--set=optimizer.beta1=2",
      "--set=schedule.gama=1",
      "--set=sed=1"
    };
    check("reproduce-several-wrong", CONFIGURATION, reproduce);
  }

  private static String[] join(String[] first, String... second) {
    return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
  }

  @Test
  void unknownOptionsAndValues() throws IOException {
    check(
        "component-options",
        CONFIGURATION,
        train("--set", "quantizer.scal=1", "--set", "optimizer.beta1=2"));
    check("quantize-nothing", CONFIGURATION, train("--quantize=dense*"));
    check("shards-too-many", CONFIGURATION, train("--shards=64"));
    check(
        "average-of-grid-values",
        CONFIGURATION,
        train("--quantizer=stochastic-rounding", "--ema-decay=0.999"));
  }

  @Test
  void missingAndMalformedFiles() throws IOException {
    Path yaml = directory.resolve("run.yaml");
    check("config-missing", CONFIGURATION, "train", "--config", yaml.toString());
    check("config-directory", CONFIGURATION, "train", "--config", goodRun.toString());
    Files.writeString(yaml, "model: resnet-8\nepochs: [1, 2\n");
    check("config-malformed", CONFIGURATION, "train", "--config", yaml.toString());
    Files.writeString(yaml, "epochs: 1\nepochs: 2\n");
    check("config-key-twice", CONFIGURATION, "train", "--config", yaml.toString());
    Path manifest = directory.resolve("manifest.json");
    Files.writeString(manifest, "{}");
    check("manifest-without-configuration", CONFIGURATION, "train", "--from", manifest.toString());
  }

  @Test
  void missingAndShortData() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    String[] cifar = {"train", "--dataset=cifar-10", "--data-dir", data.toString()};
    check("data-missing", CONFIGURATION, cifar);
    Path batches = Files.createDirectory(data.resolve("cifar-10-batches-bin"));
    for (int batch = 1; batch <= 5; batch++) {
      Files.write(batches.resolve("data_batch_" + batch + ".bin"), new byte[3073 * 2 + 1]);
    }
    Files.write(batches.resolve("test_batch.bin"), new byte[3073]);
    check("data-wrong-record-size", CONFIGURATION, cifar);
  }

  @Test
  void unusableRunDirectories() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    check("run-directory-below-a-file", CONFIGURATION, trainInto(file.resolve("run")));
    check("run-directory-holds-a-run", CONFIGURATION, trainInto(goodRun));
    Path sweep = Files.createDirectory(directory.resolve("sweep"));
    Files.writeString(sweep.resolve("cells.json"), "{}");
    check("run-directory-holds-a-sweep", CONFIGURATION, trainInto(sweep));
    assertThat(sweep).isDirectoryNotContaining("glob:**/{config.yaml,manifest.json,.lock}");
    check("resume-no-run", CONFIGURATION, "resume", directory.toString());
    check("evaluate-unknown-checkpoint", CONFIGURATION, evaluate(goodRun, "step-7"));
    check("evaluate-nothing", CONFIGURATION, "evaluate", directory.resolve("none").toString());
    try (RunDirectory inUse = RunDirectory.open(goodRun)) {
      assertThat(inUse.path()).exists();
      check("run-directory-in-use", CONFIGURATION, "resume", goodRun.toString());
    }
  }

  @Test
  void alteredAndTruncatedCheckpoints() throws IOException {
    Path run = directory.resolve("run");
    Installation.copy(goodRun, run);
    Path newest = run.resolve("checkpoints/step-000000072/weights.safetensors");
    Path older = run.resolve("checkpoints/step-000000048/weights.safetensors");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length - 1] ^= 1;
    Files.write(newest, bytes);
    Outcome fallback = roundel().run("resume", run.toString());
    assertThat(fallback.exitCode()).as("%s", fallback).isZero();
    Golden.assertGolden(
        "checkpoint-passed-over", relative(fallback.out().lines().findFirst().orElse("")));

    copyFile(goodRun, run, "checkpoints/step-000000048/weights.safetensors");
    Files.write(newest, bytes);
    truncate(older);
    check("checkpoints-all-damaged", CONFIGURATION, "resume", run.toString());
    check("checkpoint-altered", CONFIGURATION, evaluate(run, "step-000000072"));
  }

  @Test
  void evaluatesNoOtherCheckpointInSilence() throws IOException {
    Path run = directory.resolve("run");
    Installation.copy(goodRun, run);
    truncate(run.resolve("checkpoints/step-000000072/weights.safetensors"));
    Outcome older = roundel().run("evaluate", run.toString());
    assertThat(older.exitCode()).as("%s", older).isZero();
    assertThat(older.out()).startsWith("Checkpoint step-000000048, 48 updates\n");
    Golden.assertGolden("evaluate-passed-over", relative(older.err()));

    Path brief = directory.resolve("brief");
    Outcome trained = roundel().run(train("--run-dir", brief.toString(), "--epochs=1"));
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    truncate(brief.resolve("checkpoints/step-000000024/weights.safetensors"));
    check("evaluate-untrained", CONFIGURATION, "evaluate", brief.toString());
    Outcome untrained = roundel().run(evaluate(brief, "step-000000000"));
    assertThat(untrained.exitCode()).as("%s", untrained).isZero();
  }

  @Test
  void pluginsThatARunHadAndThatAreMissing() throws IOException {
    Path plugins = directory.resolve("plugins");
    Installation.copy(Installation.packaged().resolve("plugins"), plugins);
    Files.delete(plugins.resolve("roundel-binary-connect.jar"));
    String run = goodRun.toString();
    List<String[]> commands =
        List.of(
            new String[] {"resume", run, "--epochs=4"},
            new String[] {"evaluate", run},
            train("--from", run));
    for (String[] command : commands) {
      String golden = "plugin-of-a-run-missing";
      check(golden, CONFIGURATION, join(command, "--plugins", plugins.toString()));
    }
    String[] without = {"train", "--from", run, "--quantizer=none", "--epochs=1"};
    String other = directory.resolve("other").toString();
    Outcome trained =
        roundel().run(join(without, "--plugins", plugins.toString(), "--run-dir", other));
    assertThat(trained.exitCode()).as("%s", trained).isZero();
  }

  @Test
  void divergence() throws IOException {
    Path run = directory.resolve("run");
    String[] arguments =
        train(
            "--quantizer=none",
            "--optimizer=sgd",
            "--learning-rate=1000",
            // The weights grow a thousandfold in every update, so they overflow in the first epoch.
            "--set=optimizer.weight-decay=1",
            "--run-dir",
            run.toString());
    Outcome outcome = roundel().run(arguments);
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(5);
    assertThat(outcome.err())
        .startsWith("roundel: training diverged in epoch 1 at update ")
        .contains("(learning rate 1000.0)", run.toString());
    Outcome kept = roundel().run("evaluate", run.toString());
    assertThat(kept.exitCode()).as("%s", kept).isZero();
  }

  /** What there is differs between machines; no batch has more images than the dataset, 10,000. */
  @Test
  void batchesThatDoNotFitMemory() {
    String run = directory.resolve("never").toString();
    Outcome outcome =
        roundel().run("train", "--run-dir", run, "--model=resnet-56", "--batch-size=65536");
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(CONFIGURATION);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .matches(
            "roundel: model 'resnet-56' cannot be made for images of 1x28x28 and 10 classes: a"
                + " batch of 10000 images needs \\d+ MB of native memory for this net, and \\d+"
                + " MB are free( under the limit of \\d+ MB .*)?; use a smaller batch or a narrower"
                + " net\\R");
    assertThat(directory.resolve("never").resolve("manifest.json")).doesNotExist();
  }

  private static InProcess roundel() {
    return InProcess.installedIn(Installation.packaged());
  }

  private static String[] evaluate(Path run, String checkpoint) {
    return new String[] {"evaluate", run.toString(), "--checkpoint", checkpoint};
  }

  private String[] trainInto(Path run) {
    return train("--run-dir", run.toString());
  }

  /** Returns the tiny run's arguments, changed by more. */
  private String[] train(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    List<String> given = List.of(more);
    for (String argument : Installation.TINY_RUN) {
      String option = argument.substring(0, argument.indexOf('=') + 1);
      if (option.equals("--set=") || given.stream().noneMatch(each -> each.startsWith(option))) {
        arguments.add(argument);
      }
    }
    if (!given.contains("--run-dir")) {
      arguments.addAll(List.of("--run-dir", directory.resolve("never").toString()));
    }
    arguments.addAll(given);
    return arguments.toArray(String[]::new);
  }

  private void check(String golden, int exitCode, String... arguments) throws IOException {
    Outcome outcome = roundel().run(arguments);
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
    Golden.assertGolden(golden, relative(outcome.err()));
    assertThat(directory.resolve("never").resolve("manifest.json")).doesNotExist();
  }

  private String relative(String text) throws IOException {
    return text.replace(shared.toRealPath().toString(), "SHARED")
        .replace(shared.toString(), "SHARED")
        .replace(directory.toRealPath().toString(), "DIR")
        .replace(directory.toString(), "DIR")
        .replaceAll("[0-9a-f]{64}", "HASH");
  }

  private static void truncate(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2), StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static void copyFile(Path from, Path to, String name) throws IOException {
    Files.write(to.resolve(name), Files.readAllBytes(from.resolve(name)));
  }
}
