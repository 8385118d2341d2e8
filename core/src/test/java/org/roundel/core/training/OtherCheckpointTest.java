package org.roundel.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.NamedTensor;

/**
 * A checkpoint with the right checksums that is not this run's: of another net, another grid,
 * another version of a plugin. The message, or the notice, has both sides.
 */
class OtherCheckpointTest {
  @TempDir private Path directory;
  private SmallRuns runs;
  private Path run;
  private Path checkpoint;

  @BeforeEach
  void train() {
    runs = new SmallRuns(directory);
    run = stopped("run", "model", "softmax");
    checkpoint = newest(run);
  }

  private Path stopped(String name, String... more) {
    runs.trainer()
        .train(
            SmallRuns.configuration("latent-sign", more),
            runs.path(name),
            new RunEventsRecorder(),
            SmallRuns.stopAfter(6));
    return runs.path(name);
  }

  private static Path newest(Path run) {
    Path checkpoints = run.resolve("checkpoints");
    String name = CheckpointStore.forReading(checkpoints).newest().orElseThrow();
    return checkpoints.resolve(name);
  }

  private RunEventsRecorder resume() {
    RunEventsRecorder events = new RunEventsRecorder();
    runs.trainer().resume(run, Map.of(), events, () -> true);
    return events;
  }

  /** As many weights of another shape, then another layer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layer/weight | 12 | layer/weight | [12]",
        "conv1/weight | 12 | has no tensor 'layer/weight'. It has 1: conv1/weight | another model"
      })
  void ofAnotherNetIsRefused(String name, int length, String one, String other) throws Exception {
    CheckpointStore store = new CheckpointStore(directory.resolve("other"), 1);
    String step = CheckpointStore.stepName(1);
    store.write(
        step,
        JsonNodeFactory.instance.objectNode(),
        List.of(NamedTensor.of(name, Nd4j.ones(DataType.FLOAT, length))),
        Map.of(),
        List.of(),
        false);
    Path weights = checkpoint.resolve("weights.safetensors");
    Files.copy(
        directory.resolve("other").resolve(step).resolve("weights.safetensors"),
        weights,
        StandardCopyOption.REPLACE_EXISTING);
    correctSum(weights);
    assertThatThrownBy(this::resume)
        .isInstanceOf(RoundelException.class)
        .hasMessageStartingWith(weights.toString())
        .hasMessageContainingAll(one, other);
  }

  @Test
  void ofAnotherGridIsRefused() throws Exception {
    Path state = checkpoint.resolve("state.json");
    Files.writeString(
        state, Files.readString(state).replace("\"latent-sign\"", "\"latent-stochastic\""));
    correctSum(state);
    assertThatThrownBy(this::resume)
        .isInstanceOf(RoundelException.class)
        .hasMessage(
            "checkpoint %s was trained with other settings than %s has: quantizer is"
                + " latent-stochastic in the checkpoint, latent-sign in the manifest. Put the run's"
                + " own files back.",
            checkpoint, run.resolve("manifest.json"));
  }

  @Test
  void ofAnotherVersionOfAPluginIsToldOf() throws IOException {
    Path manifest = run.resolve("manifest.json");
    String recorded = Files.readString(manifest);
    assertThat(recorded).contains("\"plugin\" : ", "\"version\" : ");
    String version = recorded.replaceFirst("(?s).*?\"version\" : \"([^\"]*)\".*", "$1");
    Files.writeString(
        manifest,
        Sealed.manifest(
            recorded.replace("\"version\" : \"" + version + "\"", "\"version\" : \"0.0.7\"")));
    assertThat(resume().started.get(0).notices())
        .contains("components.quantizer.version: 0.0.7 then, " + version + " now");
  }

  private static void correctSum(Path file) throws Exception {
    Path sums = file.resolveSibling("SHA256SUMS");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    String line = HexFormat.of().formatHex(digest) + "  " + file.getFileName();
    Files.writeString(
        sums,
        Files.readString(sums).replaceAll("(?m)^[0-9a-f]+  " + file.getFileName() + "$", line));
  }
}
