package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The packaged program measures itself. */
class BenchIT extends OwnInstallation {
  /** How long a run is and how its rate falls are no options of this command. */
  private static final List<String> TINY =
      Installation.TINY_RUN.stream()
          .filter(
              argument -> !argument.startsWith("--epochs") && !argument.startsWith("--schedule"))
          .toList();

  @Test
  void measuresTheDefaultNet() throws Exception {
    Outcome outcome = roundel.run("bench", "--steps=4", "--warm-up=1", "--json=speed.json");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(outcome.out())
        .startsWith("Measuring resnet-8 on fashion-mnist-mini\n")
        .contains("  work      9.15 million multiply-adds an image forward, 18.18 backward\n")
        .contains("  plan      4 steps after 1 to warm up, adam, seed 1\n");
    assertThat(labels(outcome.out()))
        .containsExactly(
            "training",
            "wait for data",
            "quantize",
            "forward + backward",
            "update",
            "step",
            "images/s",
            "GFLOP/s",
            "GB/s quantize",
            "GB/s update",
            "inference",
            "wait for data",
            "forward",
            "step",
            "images/s",
            "GFLOP/s",
            "this machine",
            "sgemm",
            "copy",
            "memory");

    JsonNode json = new JsonMapper().readTree(roundel.work().resolve("speed.json").toFile());
    checkSteps(json.get("training"), "quantize", "gradients", "update");
    checkSteps(json.get("inference"), "forward");
    JsonNode multiplyAdds = json.at("/net/multiply_adds_per_image");
    // 28x28, 14x14 and 7x7 pixels of a stem of 9 weights a channel, and of stages of two.
    int forward =
        784 * 16 * 9
            + 784 * 2 * 16 * 16 * 9
            + 196 * (16 + 32) * 32 * 9
            + 49 * (32 + 64) * 64 * 9
            + 640;
    assertThat(multiplyAdds.get("forward").asInt()).isEqualTo(forward);
    assertThat(multiplyAdds.get("backward").asInt()).isEqualTo(2 * forward - 784 * 16 * 9);
    assertThat(json.at("/machine/gemm_flops_per_second").asDouble()).isBetween(1e8, 1e15);
    assertThat(json.at("/machine/copy_bytes_per_second").asDouble()).isBetween(1e8, 1e13);
    // The images alone, as bytes in memory, are 9.4 MB; the machine has not more than a terabyte.
    assertThat(json.at("/memory/bytes").asDouble()).isBetween(1e7, 1e12);
  }

  @Test
  void measuresAnyMethodAndPrintsNothingButJsonWhenAsked() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("bench", "--steps=2", "--json=-"));
    arguments.addAll(TINY);
    arguments.addAll(
        List.of(
            "--quantizer=stochastic-rounding",
            "--optimizer=sgd",
            "--quantize=all",
            "--set=optimizer.momentum=0.5"));
    // On a terminal, where it shows how far it is; the other test has none and shows nothing.
    Outcome outcome = roundel.start(arguments, "-Droundel.terminal.columns=80").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).contains("  0%  ETA -  training, to warm up");
    JsonNode json = new JsonMapper().readTree(outcome.out());
    assertThat(json.at("/configuration/quantizer").asText()).isEqualTo("stochastic-rounding");
    assertThat(json.at("/net/batch_size").asInt()).isEqualTo(4);
    checkSteps(json.get("training"), "gradients", "update");
  }

  /** Without the option of these tests that turns Java's optimizing compiler off. */
  @Test
  void tellsWhatEachLayerTakesAndWhatTheOtherKernelsWould() throws Exception {
    roundel.optimize();
    List<String> arguments =
        new ArrayList<>(List.of("bench", "--layers", "--reading", "--steps=2"));
    arguments.addAll(List.of("--warm-up=0", "--json=speed.json"));
    arguments.addAll(TINY);
    Outcome outcome = roundel.start(arguments, "").end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("\nlayers of a training step, medians of 2 runs\n  oneDNN 3.")
        .containsPattern("(?m)^  stage2-block1-conv2  input +winograd +[\\d.]+ +[\\d.]+ +\\w")
        .containsPattern("(?m)^  stem +forward +\\w+ +[\\d.]+ +[\\d.]+$")
        .containsPattern("(?m)^  batch-normalisation +[\\d.]+ +[\\d.]+ %$")
        .contains("\nreading training images, and nothing else: 2 batches\n")
        .containsPattern("(?m)^ +threads +images/s +processor ms an image$")
        .containsPattern("(?m)^ +1 +[\\d,.]+ +\\d+\\.\\d{3}$");

    JsonNode layers =
        new JsonMapper().readTree(roundel.work().resolve("speed.json").toFile()).get("layers");
    assertThat(layers.get("engine").asText()).endsWith(" bits: batch-normalisation, convolution");
    Set<String> passes = new TreeSet<>();
    for (JsonNode pass : layers.get("passes")) {
      assertThat(pass.get("seconds").asDouble()).isPositive();
      if (pass.get("layer").asText().equals("stage2-block1-conv2")) {
        passes.add(pass.get("pass").asText());
        // 32 to 32 channels of 4x4, four images.
        assertThat(pass.get("multiply_adds").asInt()).isEqualTo(4 * 16 * 32 * 32 * 9);
        assertThat(pass.get("kernel").asText()).isEqualTo("winograd");
        assertThat(pass.at("/other/kernel").asText()).isNotEmpty().isNotEqualTo("winograd");
        assertThat(pass.at("/other/seconds").asDouble()).isPositive();
      }
    }
    assertThat(passes).containsExactly("forward", "input_gradient", "weights_gradient");
    double shares = 0;
    for (JsonNode operation : layers.get("operations")) {
      shares += operation.get("share").asDouble();
    }
    assertThat(shares).isCloseTo(1, Offset.offset(1e-9));
  }

  /** The phases are positive and make up the step; a clock reading lies between them. */
  private static void checkSteps(JsonNode steps, String... positivePhases) {
    JsonNode phases = steps.get("phase_seconds");
    for (String phase : positivePhases) {
      assertThat(phases.get(phase).get("best").asDouble()).as(phase).isPositive();
    }
    double sum = 0;
    for (JsonNode phase : phases) {
      assertThat(phase.get("best").asDouble())
          .isNotNegative()
          .isLessThanOrEqualTo(phase.get("median").asDouble());
      assertThat(phase.get("median").asDouble())
          .isLessThanOrEqualTo(phase.get("longest").asDouble());
      sum += phase.get("sum").asDouble();
    }
    double step = steps.get("step_seconds").get("sum").asDouble();
    assertThat(sum).isLessThanOrEqualTo(step * (1 + 1e-9)).isCloseTo(step, Offset.offset(step / 4));
    double images = steps.get("images_per_step").asDouble();
    assertThat(steps.at("/images_per_second/median").asDouble())
        .isCloseTo(
            images / steps.get("step_seconds").get("median").asDouble(), Offset.offset(1e-6));
  }

  /** Returns what each line of the tables begins with. */
  private static List<String> labels(String out) {
    List<String> labels = new ArrayList<>();
    for (String line : out.substring(out.indexOf("\n\n") + 2).lines().toList()) {
      if (!line.isBlank()) {
        labels.add(line.strip().split(" {2,}")[0]);
      }
    }
    return labels;
  }
}
