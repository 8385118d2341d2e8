package org.roundel.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.roundel.core.RoundelException;
import org.roundel.core.run.GoldenMessage;
import org.roundel.core.run.Sha256;

class DamagedCheckpointTest {
  private static final String NEWEST = "step-000000003";

  @TempDir private Path directory;
  private CheckpointStore store;

  @BeforeEach
  void writeThree() {
    store = new CheckpointStore(directory, 5);
    for (int step = 1; step <= 3; step++) {
      Checkpoints.write(store, step, step, true);
    }
  }

  /** How a file comes to harm. */
  enum Harm {
    CUT,
    EMPTIED,
    ALTERED,
    MISSING,
    DIRECTORY
  }

  private static void harm(Path file, Harm harm) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (harm) {
      case CUT -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
      case EMPTIED -> Files.write(file, new byte[0]);
      case ALTERED -> {
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      case MISSING -> Files.delete(file);
      case DIRECTORY -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "weights.safetensors, CUT, was cut short or altered",
    "weights.safetensors, EMPTIED, was cut short or altered",
    "weights.safetensors, ALTERED, was cut short or altered",
    "weights.safetensors, MISSING, is missing",
    "training.safetensors, CUT, was cut short or altered",
    "training.safetensors, EMPTIED, was cut short or altered",
    "training.safetensors, ALTERED, was cut short or altered",
    "training.safetensors, MISSING, is missing",
    "state.json, CUT, was cut short or altered",
    "state.json, EMPTIED, was cut short or altered",
    "state.json, ALTERED, was cut short or altered",
    "state.json, MISSING, is missing",
    "best, CUT, was cut short or altered",
    "best, EMPTIED, was cut short or altered",
    "best, ALTERED, was cut short or altered",
    "best, MISSING, is missing",
    "SHA256SUMS, EMPTIED, was cut short or altered",
    "SHA256SUMS, MISSING, is missing",
    "weights.safetensors, DIRECTORY, is no file",
    "SHA256SUMS, DIRECTORY, is no file",
  })
  void isFoundAndPassedOver(String name, Harm harm, String reason) throws IOException {
    Path file = directory.resolve(NEWEST).resolve(name);
    harm(file, harm);

    RoundelException failure =
        catchThrowableOfType(RoundelException.class, () -> store.open(NEWEST));
    assertThat(failure).hasMessageContaining(file + " " + reason);

    NewestCheckpoint newest = store.newestValid();
    try (Checkpoint checkpoint = newest.checkpoint()) {
      assertThat(Checkpoints.content(checkpoint)).isEqualTo(2);
    }
    assertThat(newest.passedOver()).hasSize(1);
    DamagedCheckpoint damaged = newest.passedOver().get(0);
    assertThat(damaged.name()).isEqualTo(NEWEST);
    assertThat(damaged.file()).isEqualTo(file);
    assertThat(damaged.reason()).startsWith(reason);
  }

  /** A digest that lost a digit, and one that changed: the latter no longer fits its file. */
  @Test
  void alteredChecksumsAreFound() throws IOException {
    Path sums = directory.resolve(NEWEST).resolve("SHA256SUMS");
    String text = Files.readString(sums);
    Files.writeString(sums, text.substring(1));
    assertGolden("sums-line", () -> store.open(NEWEST));
    char other = text.charAt(0) == '0' ? '1' : '0';
    Files.writeString(sums, other + text.substring(1));
    assertGolden("sums-digest", () -> store.open(NEWEST));
    Files.writeString(sums, text.substring(0, text.indexOf('\n') + 1));
    assertGolden("sums-cut", () -> store.open(NEWEST));
  }

  /** Nobody's checksum file makes the store read outside its directory. */
  @ParameterizedTest
  @ValueSource(strings = {"../step-000000001/state.json", "/etc/hostname", "state.json/.."})
  void checksumsOfOtherFilesAreRefused(String name) throws IOException {
    Path sums = directory.resolve(NEWEST).resolve("SHA256SUMS");
    Files.writeString(sums, Files.readString(sums) + "0".repeat(64) + "  " + name + "\n");
    assertThat(store.newestValid().passedOver())
        .singleElement()
        .extracting(DamagedCheckpoint::reason)
        .isEqualTo("was cut short or altered: line 5 is no checksum");
  }

  /** The checksums are made to fit, so the content has to be judged. */
  @ParameterizedTest
  @CsvSource({"state.json, state-content, [1]", "weights.safetensors, weights-content, short"})
  void contentThatFitsItsChecksumIsCheckedToo(String name, String golden, String content)
      throws Exception {
    Path file = directory.resolve(NEWEST).resolve(name);
    Path sums = directory.resolve(NEWEST).resolve("SHA256SUMS");
    String before = Sha256.of(file);
    Files.writeString(file, content);
    Files.writeString(sums, Files.readString(sums).replace(before, Sha256.of(file)));
    assertGolden(golden, () -> store.open(NEWEST));
  }

  @Test
  void whenAllAreDamagedEachIsNamed() throws IOException {
    harm(directory.resolve("step-000000001/state.json"), Harm.MISSING);
    harm(directory.resolve("step-000000002/weights.safetensors"), Harm.CUT);
    harm(directory.resolve("step-000000003/SHA256SUMS"), Harm.MISSING);
    assertGolden("all", store::newestValid);
  }

  @Test
  void theRunGoesOnPastADamagedCheckpoint() throws IOException {
    harm(directory.resolve(NEWEST).resolve("state.json"), Harm.CUT);
    Checkpoints.write(store, 3, 30, false);
    NewestCheckpoint newest = store.newestValid();
    try (Checkpoint checkpoint = newest.checkpoint()) {
      assertThat(Checkpoints.content(checkpoint)).isEqualTo(30);
    }
    assertThat(newest.passedOver()).isEqualTo(List.of());
  }

  private void assertGolden(String name, Runnable action) throws IOException {
    RoundelException failure = catchThrowableOfType(RoundelException.class, action::run);
    GoldenMessage.assertMatches("checkpoint/damaged-" + name, failure, directory);
  }
}
