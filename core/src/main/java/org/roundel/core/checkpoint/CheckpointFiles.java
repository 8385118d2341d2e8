package org.roundel.core.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roundel.core.run.IoFailure;
import org.roundel.core.run.JsonFault;
import org.roundel.core.run.JsonFieldException;
import org.roundel.core.run.Sha256;

/** The files of one checkpoint's directory: how they are written, checked and opened. */
final class CheckpointFiles {
  static final String WEIGHTS = "weights.safetensors";
  static final String TRAINING = "training.safetensors";
  static final String STATE = "state.json";
  static final String SUMS = "SHA256SUMS";

  /** A file whose presence says that the checkpoint was the best when it was written. */
  static final String BEST = "best";

  private static final List<String> REQUIRED = List.of(WEIGHTS, TRAINING, STATE);
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) [ *](\\S+)");
  private static final long MAX_SUMS_BYTES = 10_000;
  private static final long MAX_STATE_BYTES = 100_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final FileOperations operations;
  private final Path directory;

  /** Makes a writer of files into a directory that exists. */
  CheckpointFiles(FileOperations operations, Path directory) {
    this.operations = operations;
    this.directory = directory;
  }

  /** What is wrong with which file. */
  static final class DamageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    DamageException(Path file, String reason) {
      super(reason);
      this.file = file;
    }

    DamagedCheckpoint of(String name) {
      return new DamagedCheckpoint(name, file, String.valueOf(getMessage()));
    }
  }

  /** Writes all files, puts them on the disk, and returns how many bytes they have. */
  long write(
      ObjectNode state,
      List<NamedTensor> weights,
      Map<String, String> metadata,
      List<NamedTensor> training,
      boolean best)
      throws IOException {
    Map<String, WrittenFile> written = new LinkedHashMap<>();
    written.put(
        WEIGHTS, Safetensors.write(operations, directory.resolve(WEIGHTS), weights, metadata));
    written.put(
        TRAINING, Safetensors.write(operations, directory.resolve(TRAINING), training, Map.of()));
    String json = state.toPrettyString().replace("\r\n", "\n") + "\n";
    written.put(STATE, HashingFile.write(operations, directory.resolve(STATE), utf8(json)));
    if (best) {
      byte[] note = utf8("The best checkpoint of the run when it was written.\n");
      written.put(BEST, HashingFile.write(operations, directory.resolve(BEST), note));
    }
    StringBuilder sums = new StringBuilder();
    written.forEach((name, file) -> sums.append(file.sha256() + "  " + name + "\n"));
    written.put(
        SUMS, HashingFile.write(operations, directory.resolve(SUMS), utf8(sums.toString())));
    operations.forceDirectory(directory);
    return written.values().stream().mapToLong(WrittenFile::length).sum();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Compares every file with its checksum, checks the state, then opens the checkpoint. */
  static Checkpoint open(Path directory, StateCheck check) throws DamageException {
    Map<String, String> sums = readSums(directory.resolve(SUMS));
    for (Map.Entry<String, String> entry : sums.entrySet()) {
      Path file = directory.resolve(entry.getKey());
      requireFile(file);
      String found;
      try {
        found = Sha256.of(file);
      } catch (IOException failed) {
        throw unreadable(file, failed);
      }
      if (!found.equals(entry.getValue())) {
        throw new DamageException(
            file,
            String.format(
                Locale.ROOT,
                "was cut short or altered: its SHA-256 is %s, but %s has %s",
                found,
                SUMS,
                entry.getValue()));
      }
    }
    ObjectNode state = readState(directory.resolve(STATE));
    try {
      check.check(directory.getFileName().toString(), state);
    } catch (JsonFieldException malformed) {
      throw new DamageException(directory.resolve(STATE), malformed.fault());
    }
    SafetensorsReader weights = openTensors(directory.resolve(WEIGHTS));
    boolean opened = false;
    try {
      Checkpoint checkpoint =
          new Checkpoint(
              directory,
              String.valueOf(sums.get(WEIGHTS)),
              state,
              weights,
              openTensors(directory.resolve(TRAINING)));
      opened = true;
      return checkpoint;
    } finally {
      if (!opened) {
        weights.close();
      }
    }
  }

  private static Map<String, String> readSums(Path file) throws DamageException {
    Map<String, String> sums = new LinkedHashMap<>();
    for (String line : read(file, MAX_SUMS_BYTES).lines().toList()) {
      Matcher matcher = SUM.matcher(line);
      if (!matcher.matches() || !isOwn(matcher.group(2))) {
        throw new DamageException(
            file, "was cut short or altered: line " + (sums.size() + 1) + " is no checksum");
      }
      sums.put(matcher.group(2), matcher.group(1));
    }
    for (String name : REQUIRED) {
      if (!sums.containsKey(name)) {
        throw new DamageException(file, "was cut short or altered: it has no checksum of " + name);
      }
    }
    return sums;
  }

  /** Whether a name is one that this class writes, so that none can lead out of the directory. */
  private static boolean isOwn(String name) {
    return REQUIRED.contains(name) || name.equals(BEST);
  }

  private static ObjectNode readState(Path file) throws DamageException {
    try {
      if (JSON.readTree(read(file, MAX_STATE_BYTES)) instanceof ObjectNode state) {
        return state;
      }
      throw new DamageException(file, "is not a JSON object");
    } catch (JsonProcessingException malformed) {
      throw new DamageException(file, JsonFault.describe(malformed));
    }
  }

  private static SafetensorsReader openTensors(Path file) throws DamageException {
    try {
      return SafetensorsReader.openChecked(file);
    } catch (SafetensorsHeader.MalformedException malformed) {
      throw new DamageException(file, "is not a valid safetensors file: " + malformed.getMessage());
    } catch (IOException failed) {
      throw unreadable(file, failed);
    }
  }

  private static String read(Path file, long limit) throws DamageException {
    requireFile(file);
    try {
      long size = Files.size(file);
      if (size > limit) {
        throw new DamageException(
            file, "was altered: it has " + size + " bytes, allowed are " + limit);
      }
      try (FileInputStream in = new FileInputStream(file.toFile())) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException failed) {
      throw unreadable(file, failed);
    }
  }

  private static DamageException unreadable(Path file, IOException e) {
    return new DamageException(file, "cannot be read: " + IoFailure.reason(e));
  }

  private static void requireFile(Path file) throws DamageException {
    if (!Files.isRegularFile(file)) {
      throw new DamageException(file, Files.exists(file) ? "is no file" : "is missing");
    }
  }
}
