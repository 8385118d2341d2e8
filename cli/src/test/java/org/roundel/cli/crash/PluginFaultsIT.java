package org.roundel.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roundel.cli.Golden;
import org.roundel.cli.Installation;
import org.roundel.cli.Outcome;
import org.roundel.cli.OwnInstallation;
import org.roundel.cli.PluginBuilder;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;

/**
 * A quantizer does what no plugin may, in the middle of a run's second epoch: nobody takes that for
 * the end of the run, and the last checkpoint is whole.
 */
class PluginFaultsIT extends OwnInstallation {
  @Test
  void whoCallsExitIsNamedAndTheExitCodeIsNotThatOfSuccess() throws Exception {
    install("System.exit(0);");
    Outcome ended = roundel.train("--quantizer=faulty", "--run-dir=run");
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(4);
    Golden.assertGolden("plugin-exit", ended.err());
    assertThat(newest()).isEqualTo("step-000000024");
    install("");
    Outcome resumed = roundel.runHere("resume", roundel.work().resolve("run").toString());
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
    assertThat(newest()).isEqualTo("step-000000072");
  }

  @Test
  @Tag("thorough")
  void whoFillsTheHeapEndsTheRunWithAMessage() throws Exception {
    install(
        "java.util.List<long[]> all = new java.util.ArrayList<>();"
            + " while (true) { all.add(new long[1 << 16]); }");
    List<String> command = new ArrayList<>(List.of("train", "--quantizer=faulty", "--run-dir=run"));
    command.addAll(Installation.TINY_RUN);
    Outcome ended = roundel.start(command, "-Xmx96m").end();
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(3);
    assertThat(ended.err()).contains("the Java heap is full");
    assertThat(newest()).isGreaterThanOrEqualTo("step-000000024");
    install("");
    Outcome resumed = roundel.runHere("resume", roundel.work().resolve("run").toString());
    assertThat(resumed.exitCode()).as("%s", resumed).isZero();
  }

  private String newest() {
    Path checkpoints = roundel.work().resolve("run/checkpoints");
    try (Checkpoint newest = CheckpointStore.forReading(checkpoints).newestValid().checkpoint()) {
      return newest.name();
    }
  }

  /** Packs a quantizer that leaves weights as they are, and does something in update 30. */
  private void install(String statement) throws Exception {
    String member =
        """
        static class Copy implements Quantizer {
          @Override public boolean keepsLatentWeights() { return true; }
          @Override public void quantize(
              org.nd4j.linalg.api.ndarray.INDArray latent,
              org.nd4j.linalg.api.ndarray.INDArray weights,
              QuantizationContext context) {
            weights.assign(latent);
            if (context.moment().step() == 30 && !context.evaluation()) { STATEMENT }
          }
        }
        """
            .replace("STATEMENT", statement);
    String source =
        PluginBuilder.quantizer("faulty", member)
            .replace("return () -> false;", "return new Copy();");
    PluginBuilder.pack(
        roundel.plugins().resolve("faulty.jar"),
        "1.0",
        "sample.Plugin",
        new PluginBuilder(directory).compile(source));
  }
}
