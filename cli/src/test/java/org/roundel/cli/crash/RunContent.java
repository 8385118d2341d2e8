package org.roundel.cli.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;

/**
 * What is the same of two runs of one configuration, however often each of them ended: every file's
 * name, and every byte but those of times, names of runs and sums of files that have them.
 */
final class RunContent {
  private static final JsonMapper JSON = new JsonMapper();

  /** Files that tell of the sessions of a run, or of its times. */
  private static final Set<String> ONLY_THERE =
      Set.of("report.html", "log.txt", ".lock", "SHA256SUMS");

  /**
   * Fields of times, of the run's name, of when and how often it was started, and of lengths and
   * checks that follow from those.
   */
  private static final List<String> OWN =
      List.of("run", "seconds", "sessions", "historyLength", "check");

  private RunContent() {}

  /**
   * Reads a run that has ended; every checkpoint is checked against its sums. Temporary files that
   * a kill has left go when they are old, so they are passed over.
   */
  static Map<String, String> of(Path run) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (!file.getFileName().toString().endsWith(".tmp")) {
          content.put(run.relativize(file).toString(), content(file));
        }
      }
    }
    CheckpointStore checkpoints = CheckpointStore.forReading(run.resolve("checkpoints"));
    for (String name : checkpoints.list()) {
      try (Checkpoint checkpoint = checkpoints.open(name)) {
        content.put(name, "whole");
      }
    }
    return content;
  }

  private static String content(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (ONLY_THERE.contains(name)) {
      return "there";
    }
    if (!name.endsWith(".json") && !name.endsWith(".jsonl")) {
      return sha256(file);
    }
    StringBuilder text = new StringBuilder();
    String whole = Files.readString(file);
    for (String part : name.endsWith(".jsonl") ? whole.lines().toList() : List.of(whole)) {
      text.append(withoutOwn(JSON.readTree(part))).append('\n');
    }
    return sha256(text.toString().getBytes(UTF_8));
  }

  private static JsonNode withoutOwn(JsonNode json) {
    if (json instanceof ObjectNode object) {
      object.remove(OWN);
    }
    json.forEach(RunContent::withoutOwn);
    return json;
  }

  /** Returns the names of the files that differ, or are in one of the two only. */
  static List<String> differences(Map<String, String> one, Map<String, String> other) {
    TreeSet<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
    return List.copyOf(names);
  }

  /** Returns the SHA-256 of a file. */
  static String sha256(Path file) throws IOException {
    return sha256(Files.readAllBytes(file));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
