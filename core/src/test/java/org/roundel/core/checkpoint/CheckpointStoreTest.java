package org.roundel.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.roundel.core.RoundelException;
import org.roundel.core.run.GoldenMessage;
import org.roundel.core.run.Sha256;

class CheckpointStoreTest {
  @TempDir private Path directory;

  private CheckpointStore store(int keepLast) {
    return new CheckpointStore(directory.resolve("checkpoints"), keepLast);
  }

  @Test
  void whatIsWrittenComesBack() {
    CheckpointStore store = store(3);
    Checkpoints.write(store, 12, 5, false);
    try (Checkpoint checkpoint = store.open("step-000000012")) {
      assertThat(Checkpoints.content(checkpoint)).isEqualTo(5);
      assertThat(checkpoint.name()).isEqualTo("step-000000012");
      assertThat(checkpoint.weights().tensors()).containsOnlyKeys("conv/weight");
    }
  }

  @Test
  void theChecksumsAreThoseOfTheFiles() throws Exception {
    Checkpoints.write(store(3), 1, 5, true);
    Path checkpoint = directory.resolve("checkpoints/step-000000001");
    List<String> lines = Files.readAllLines(checkpoint.resolve("SHA256SUMS"));
    for (String line : lines) {
      // The format of sha256sum: the digest, two spaces, the file's name.
      byte[] bytes = Files.readAllBytes(checkpoint.resolve(line.substring(66)));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(line).startsWith(HexFormat.of().formatHex(digest) + "  ");
    }
    assertThat(lines).hasSize(4);
    assertThat(fileNames(checkpoint))
        .containsExactly(
            "SHA256SUMS", "best", "state.json", "training.safetensors", "weights.safetensors");
  }

  @Test
  void saysHowLongItIsAndWhatItsWeightsHashTo() throws IOException {
    long bytes = Checkpoints.write(store(3), 1, 5, false);
    Path files = directory.resolve("checkpoints/step-000000001");
    long onDisk = 0;
    for (String name : fileNames(files)) {
      onDisk += Files.size(files.resolve(name));
    }
    assertThat(bytes).isEqualTo(onDisk);
    try (Checkpoint checkpoint = store(3).open("step-000000001")) {
      assertThat(files.resolve("SHA256SUMS"))
          .content()
          .contains(checkpoint.weightsSha256() + "  weights.safetensors\n");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void closesWhatItHasOpened() throws IOException {
    CheckpointStore store = store(3);
    Checkpoints.write(store, 1, 5, false);
    store.open("step-000000001").close();
    assertThat(openFiles()).isEmpty();

    // The weights are open when it is found that the rest is no file of tensors.
    Path files = directory.resolve("checkpoints/step-000000001");
    Files.writeString(files.resolve("training.safetensors"), "no tensors");
    Path sums = files.resolve("SHA256SUMS");
    Files.writeString(
        sums,
        Files.readString(sums)
            .replaceAll(
                "[0-9a-f]{64}(?=  training)", Sha256.of(files.resolve("training.safetensors"))));
    assertThatThrownBy(() -> store.open("step-000000001"))
        .hasMessageContaining("training.safetensors");
    assertThat(openFiles()).isEmpty();
  }

  /** Returns what this process has open of the directory. */
  private List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          open.add(Files.readSymbolicLink(descriptor));
        }
      }
    }
    open.removeIf(path -> !path.startsWith(directory));
    return open;
  }

  @Test
  void keepsTheLastOnesAndTheBest() {
    CheckpointStore store = store(2);
    Checkpoints.write(store, 1, 1, true);
    Checkpoints.write(store, 2, 2, true);
    assertThat(store.best()).contains("step-000000002");
    for (int step = 3; step <= 6; step++) {
      Checkpoints.write(store, step, step, false);
    }
    assertThat(store.list()).containsExactly("step-000000002", "step-000000005", "step-000000006");
    assertThat(store.newest()).contains("step-000000006");
    Checkpoints.write(store, 7, 7, true);
    assertThat(store.list()).containsExactly("step-000000006", "step-000000007");
    assertThat(store(2).best()).contains("step-000000007");
  }

  @Test
  void replacesACheckpointOfTheSameNameAndDeletesLaterOnes() throws IOException {
    CheckpointStore store = store(3);
    for (int step = 1; step <= 4; step++) {
      Checkpoints.write(store, step, step, step == 4);
    }
    Checkpoints.write(store, 2, 20, false);
    assertThat(fileNames(directory.resolve("checkpoints"))).containsExactly("step-000000002");
    assertThat(store.best()).isEmpty();
    try (Checkpoint checkpoint = store.open("step-000000002")) {
      assertThat(Checkpoints.content(checkpoint)).isEqualTo(20);
    }
  }

  /** The last step of an epoch may be written twice: after the evaluation, and when stopped. */
  @Test
  void aCheckpointThatIsWrittenAgainStaysTheBest() {
    CheckpointStore store = store(1);
    Checkpoints.write(store, 1, 1, true);
    Checkpoints.write(store, 1, 1, false);
    Checkpoints.write(store, 2, 2, false);
    assertThat(store.list()).containsExactly("step-000000001", "step-000000002");
    assertThat(store.best()).contains("step-000000001");
  }

  @Test
  void openingRemovesLeftoversAndReadingTouchesNothing() throws IOException {
    Checkpoints.write(store(3), 1, 1, false);
    Path checkpoints = directory.resolve("checkpoints");
    Path half = Files.createDirectories(checkpoints.resolve(".writing-step-000000002"));
    Files.writeString(half.resolve("state.json"), "{");
    Files.createDirectories(checkpoints.resolve(".deleting-step-000000000/below"));
    Files.move(
        checkpoints.resolve("step-000000001"), checkpoints.resolve(".replaced-step-000000001"));

    CheckpointStore reader = CheckpointStore.forReading(checkpoints);
    assertThat(reader.list()).isEmpty();
    assertThat(fileNames(checkpoints)).hasSize(3);

    assertThat(store(3).list()).containsExactly("step-000000001");
    assertThat(fileNames(checkpoints)).containsExactly("step-000000001");
  }

  @Test
  void leavesTheUsersFilesAlone() throws IOException {
    Path checkpoints = Files.createDirectories(directory.resolve("checkpoints"));
    Files.writeString(checkpoints.resolve("notes.txt"), "mine");
    Files.createDirectories(checkpoints.resolve("My copies"));
    CheckpointStore store = store(1);
    Checkpoints.write(store, 1, 1, false);
    Checkpoints.write(store, 2, 2, false);
    assertThat(fileNames(checkpoints)).containsExactly("My copies", "notes.txt", "step-000000002");
    assertThat(store.list()).containsExactly("step-000000002");
  }

  /** Names that look like those of checkpoints, or of what a crash leaves, and are the user's. */
  @Test
  void leavesCopiesOfCheckpointsAlone() throws IOException {
    Checkpoints.write(store(1), 1, 1, true);
    Path checkpoints = directory.resolve("checkpoints");
    List<String> copies =
        List.of(
            ".deleting-later",
            ".replaced-step-000000001-copy",
            ".writing-step-1",
            "good",
            "step-000000001-backup",
            "step-0000000011",
            "step-1");
    for (String copy : copies) {
      copy(checkpoints.resolve("step-000000001"), checkpoints.resolve(copy));
    }
    CheckpointStore store = store(1);
    assertThat(store.list()).containsExactly("step-000000001");
    assertThat(store.newest()).contains("step-000000001");
    assertThat(store.newestValid().passedOver()).isEmpty();
    Checkpoints.write(store, 2, 2, true);
    assertThat(store.list()).containsExactly("step-000000002");
    store.prune("step-000000002");
    assertThat(fileNames(checkpoints)).containsAll(copies).hasSize(copies.size() + 1);
    for (String copy : copies) {
      assertThat(fileNames(checkpoints.resolve(copy))).as(copy).hasSize(5);
    }
    RoundelException unknown =
        catchThrowableOfType(RoundelException.class, () -> store.open("good"));
    assertThat(unknown).hasMessageEndingWith("has no checkpoint good. It has step-000000002.");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    for (String name : fileNames(from)) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }

  @Test
  void anInterruptedThreadWritesAndReads() {
    CheckpointStore store = store(1);
    Thread.currentThread().interrupt();
    try {
      Checkpoints.write(store, 1, 4, false);
      try (Checkpoint checkpoint = store.newestValid().checkpoint()) {
        assertThat(Checkpoints.content(checkpoint)).isEqualTo(4);
      }
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusesNamesThatAreNoSteps() {
    for (String name : List.of("../x", "good", "step-1")) {
      assertThatThrownBy(() -> store(1).write(name, state(), List.of(), Map.of(), List.of(), false))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> CheckpointStore.stepName(1_000_000_000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CheckpointStore.stepName(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(CheckpointStore.stepName(999_999_999)).isEqualTo("step-999999999");
  }

  private static ObjectNode state() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Test
  void saysWhatIsThereWhenACheckpointIsNot() throws IOException {
    CheckpointStore store = store(3);
    assertGolden("none", store::newestValid);
    Checkpoints.write(store, 1, 1, false);
    Checkpoints.write(store, 2, 2, false);
    assertGolden("no-such-name", () -> store.open("step-000000003"));
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Files.writeString(directory.resolve("checkpoints"), "a file where the directory should be");
    CheckpointStore store = store(3);
    assertGolden("unwritable", () -> Checkpoints.write(store, 1, 1, false));
  }

  private void assertGolden(String name, Runnable action) throws IOException {
    RoundelException failure = catchThrowableOfType(RoundelException.class, action::run);
    GoldenMessage.assertMatches("checkpoint/store-" + name, failure, directory);
  }

  static List<String> fileNames(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
