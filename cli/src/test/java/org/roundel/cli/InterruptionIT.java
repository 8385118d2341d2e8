package org.roundel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;

/** The packaged program ends when it is told to twice, whatever a plugin does. */
class InterruptionIT extends OwnInstallation {
  @Test
  @Timeout(120)
  void aSecondSignalEndsAnUpdateThatHangsAndTheLastCheckpointIsWhole() throws Exception {
    Path hanging = directory.resolve("hanging");
    installHanging(roundel.plugins().resolve("hanging.jar"), hanging);
    Installation.Running run = roundel.startTraining("--quantizer=hanging", "--run-dir=cut");
    awaitFile(hanging, run);

    run.signal("TERM");
    while (!Files.readString(run.err()).contains("Press Ctrl-C again to end at once")) {
      assertThat(run.process().waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
    }
    run.signal("INT");

    Outcome ended = run.end();
    assertThat(ended.exitCode()).as("%s", ended).isEqualTo(130);
    assertThat(ended.err()).endsWith("Ended at once.\n");
    Path checkpoints = roundel.work().resolve("cut/checkpoints");
    try (Checkpoint newest = CheckpointStore.forReading(checkpoints).newestValid().checkpoint()) {
      assertThat(newest.name()).isEqualTo("step-000000024");
    }
  }

  @Test
  @Timeout(120)
  void theFirstSignalEndsAPluginCheckThatHangs() throws Exception {
    Path hanging = directory.resolve("hanging");
    Path jar = directory.resolve("hanging.jar");
    installHanging(jar, hanging);
    Installation.Running check =
        roundel.start(List.of("plugin", "check", jar.toString()), "-Dhang=always");
    awaitFile(hanging, check);

    check.signal("TERM");

    assertThat(check.end().exitCode()).isEqualTo(143);
  }

  private static void awaitFile(Path file, Installation.Running command) throws Exception {
    while (!Files.exists(file)) {
      assertThat(command.process().waitFor(20, TimeUnit.MILLISECONDS))
          .as("%s ended", command)
          .isFalse();
    }
  }

  /** Packs a quantizer that makes a file in update 26 of a run, and then waits for ever. */
  private void installHanging(Path jar, Path hanging) throws IOException {
    String member =
        """
        static class Copy implements Quantizer {
          @Override public boolean keepsLatentWeights() { return true; }
          @Override public void quantize(
              org.nd4j.linalg.api.ndarray.INDArray latent,
              org.nd4j.linalg.api.ndarray.INDArray weights,
              QuantizationContext context) {
            boolean now = context.moment().step() == 26 && !context.evaluation();
            if (now || System.getProperty("hang") != null) {
              try {
                java.nio.file.Files.writeString(java.nio.file.Path.of("FILE"), "");
              } catch (java.io.IOException failed) {
                throw new java.io.UncheckedIOException(failed);
              }
              while (true) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000_000L);
              }
            }
            weights.assign(latent);
          }
        }
        """
            .replace("FILE", hanging.toString().replace("\\", "\\\\"));
    String source =
        PluginBuilder.quantizer("hanging", member)
            .replace("return () -> false;", "return new Copy();");
    PluginBuilder.pack(jar, "1.0", "sample.Plugin", new PluginBuilder(directory).compile(source));
  }
}
