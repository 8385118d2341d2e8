package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packaged program trains, stops, goes on and evaluates. */
class TrainIT extends OwnInstallation {
  private static final String LAST = "checkpoints/step-000000072";

  @Test
  void trainsAndEvaluatesAndRepeatsARun() throws Exception {
    Outcome trained = roundel.train();
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(trained.out())
        .contains("Training resnet-8 on synthetic\n", "quantized by binary-connect (conv)")
        .containsPattern("\n +3/3 .* %")
        .containsPattern("\nTest error of the quantized net: [0-9.]+ % after epoch 3")
        .containsPattern("\n  time +[0-9.:]+( s)?, of it [0-9.:]+( s)? updates\n")
        .containsPattern("\n  files +\\d checkpoints .* history.jsonl, log.txt\n");

    Path run = onlyEntry(roundel.work().resolve("runs"));
    assertThat(run.getFileName().toString()).matches("\\d{8}-\\d{6}-resnet-8-binary-connect");
    assertThat(run).isDirectoryContaining("glob:**/config.yaml");
    assertThat(Files.readAllLines(run.resolve("history.jsonl"))).hasSize(3);

    Outcome evaluated = roundel.run("evaluate", run.toString());
    assertThat(evaluated.exitCode()).as("%s", evaluated).isZero();
    String error = trained.out().replaceAll("(?s).*quantized net: ([0-9.]+ %).*", "$1");
    assertThat(evaluated.out())
        .startsWith("Checkpoint step-000000072, 72 updates\n")
        .containsPattern("quantized +" + error + " ");

    Outcome repeated =
        roundel.run(
            "train", "--from", run.resolve("manifest.json").toString(), "--run-dir", "again", "-q");
    assertThat(repeated.exitCode()).as("%s", repeated).isZero();
    assertThat(repeated.out()).startsWith("Test error of the quantized net: " + error);
    assertSameNet(run.resolve(LAST), roundel.work().resolve("again").resolve(LAST));
  }

  @Test
  void goesOnAfterSignalsToTheSameWeights() throws Exception {
    String quantizer = "--quantizer=stochastic-rounding";
    Outcome whole = roundel.train(quantizer, "--quantize=all", "--run-dir=whole");
    assertThat(whole.exitCode()).as("%s", whole).isZero();

    Installation.Running first =
        roundel.startTraining(quantizer, "--quantize=all", "--run-dir=cut");
    first.awaitLine(" 1/3 ");
    first.signal("INT");
    Outcome interrupted = first.end();
    assertThat(interrupted.exitCode()).as("%s", interrupted).isEqualTo(130);
    assertThat(interrupted.out())
        .containsPattern("\nStopped early; checkpoint step-0000000\\d\\d")
        .contains("roundel resume cut\n");

    Installation.Running second = roundel.start(List.of("resume", "cut"), "");
    second.awaitLine("  run ");
    second.signal("HUP");
    Outcome hungUp = second.end();
    assertThat(hungUp.exitCode()).as("%s", hungUp).isEqualTo(129);
    assertThat(hungUp.out()).startsWith("Going on with resnet-8").contains("Stopped early");

    Outcome resumed = roundel.run("resume", "cut");
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
    assertThat(resumed.out())
        .containsPattern("(?s)\n +1/3 .*\n +3/3 ")
        .contains("Test error of the quantized net: ");
    assertSameNet(roundel.work().resolve("whole/" + LAST), roundel.work().resolve("cut/" + LAST));
  }

  @Test
  void goesOnAfterAPluginThrewInMidEpoch() throws Exception {
    Path jar = roundel.plugins().resolve("fragile.jar");
    installFragile(jar, "throw new IllegalStateException(\"out of luck\");");
    Path cut = roundel.work().resolve("cut");
    Outcome failed = roundel.train("--quantizer=fragile", "--run-dir=cut");
    assertThat(failed.exitCode()).as("%s", failed).isEqualTo(4);
    assertThat(failed.err())
        .contains(
            "quantizer 'fragile' of plugin " + jar.toRealPath(),
            "failed in epoch 2 at update 30 of",
            "out of luck",
            "checkpoint step-000000024",
            "roundel resume ",
            "sample.Plugin$Copy.quantize(Plugin.java:");

    installFragile(jar, "");
    Outcome resumed = roundel.runHere("resume", cut.toString());
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
    Path whole = roundel.work().resolve("whole");
    Outcome trained = roundel.trainHere("--quantizer=fragile", "--run-dir=" + whole);
    assertThat(trained.exitCode()).as("%s", trained).isZero();
    assertSameNet(whole.resolve(LAST), cut.resolve(LAST));
  }

  /** Packs a quantizer that leaves weights as they are, and does something in update 30. */
  private void installFragile(Path jar, String statement) throws IOException {
    String member =
        """
        static class Copy implements Quantizer {
          @Override public boolean keepsLatentWeights() { return true; }
          @Override public void quantize(
              org.nd4j.linalg.api.ndarray.INDArray latent,
              org.nd4j.linalg.api.ndarray.INDArray weights,
              QuantizationContext context) {
            if (context.moment().step() == 30 && !context.evaluation()) { STATEMENT }
            weights.assign(latent);
          }
        }
        """
            .replace("STATEMENT", statement);
    String source =
        PluginBuilder.quantizer("fragile", member)
            .replace("return () -> false;", "return new Copy();");
    PluginBuilder.pack(jar, "1.0", "sample.Plugin", new PluginBuilder(directory).compile(source));
  }

  private static void assertSameNet(Path expected, Path actual) throws IOException {
    for (String file : new String[] {"weights.safetensors", "training.safetensors"}) {
      assertThat(Files.mismatch(expected.resolve(file), actual.resolve(file)))
          .as("first byte of %s that differs", file)
          .isEqualTo(-1);
    }
  }

  private static Path onlyEntry(Path parent) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      List<Path> all = entries.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
