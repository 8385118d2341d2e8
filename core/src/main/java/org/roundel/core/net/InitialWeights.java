package org.roundel.core.net;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.MessageText;
import org.roundel.api.model.Buffer;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.ElementType;
import org.roundel.core.checkpoint.Safetensors;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.checkpoint.TensorEntry;
import org.roundel.core.run.IoFailure;

/** Starts a net from another run's weights, matched by name and shape. */
public final class InitialWeights {
  private static final int MOST_LISTED = 10;

  private final SafetensorsReader file;
  private final List<String> fresh = new ArrayList<>();
  private final Set<String> unused;
  private int matched;

  private InitialWeights(SafetensorsReader file) {
    this.file = file;
    this.unused = new TreeSet<>(file.tensors().keySet());
  }

  /**
   * Starts training from fresh weights, or from every parameter and buffer that a file has in the
   * same shape.
   *
   * <p>What is quantized gets the loaded values where the optimizer works: in the latent weights if
   * they are kept, else in the net's.
   *
   * @param given a run directory, a checkpoint's directory or a safetensors file; empty for fresh
   *     weights
   * @return of a file, one line that says how many were taken; where not all were, further ones
   *     with what was not and why, at most {@value #MOST_LISTED} of a kind
   * @throws RoundelException if the file is none, or nothing in it matches
   */
  public static List<String> begin(TrainedNet net, String given) {
    net.initialize();
    if (given.isEmpty()) {
      net.begin();
      return List.of();
    }
    List<String> notices = load(Path.of(given), net);
    net.beginWithLoadedWeights();
    return notices;
  }

  private static List<String> load(Path given, TrainedNet net) {
    Path path = weightsFile(given);
    if (!Files.isRegularFile(path)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "init-from: " + IoFailure.noFile(path, "; give a run directory or a safetensors file"));
    }
    try (SafetensorsReader file = Safetensors.open(path)) {
      InitialWeights weights = new InitialWeights(file);
      for (TrainedParameter parameter : net.parameters()) {
        weights.copy(parameter.name(), parameter.trainedWeights());
      }
      for (Buffer buffer : net.model().buffers()) {
        weights.copy(buffer.name(), buffer.values());
      }
      List<String> notTaken = weights.notTaken();
      if (weights.matched == 0) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            "init-from: nothing in "
                + path
                + " matches the net; give a run of the same model:\n  "
                + String.join("\n  ", notTaken));
      }
      List<String> notices = new ArrayList<>();
      notices.add(
          "init-from: "
              + weights.matched
              + " of "
              + (weights.matched + weights.fresh.size())
              + " parameters and buffers taken from "
              + path);
      notTaken.forEach(line -> notices.add("init-from: " + line));
      return notices;
    }
  }

  private List<String> notTaken() {
    List<String> lines = new ArrayList<>(firstOf(fresh));
    if (fresh.size() > MOST_LISTED) {
      lines.add(fresh.size() - MOST_LISTED + " more start fresh");
    }
    if (!unused.isEmpty()) {
      String more =
          unused.size() > MOST_LISTED ? " and " + (unused.size() - MOST_LISTED) + " more" : "";
      lines.add(
          "in the file only: "
              + String.join(", ", firstOf(unused).stream().map(MessageText::bounded).toList())
              + more);
    }
    return lines;
  }

  private static List<String> firstOf(Collection<String> texts) {
    return texts.stream().limit(MOST_LISTED).toList();
  }

  private static Path weightsFile(Path given) {
    Path checkpoints = given.resolve("checkpoints");
    if (Files.isDirectory(checkpoints)) {
      try (Checkpoint newest = CheckpointStore.forReading(checkpoints).newestValid().checkpoint()) {
        return newest.weights().path();
      }
    }
    return Files.isDirectory(given) ? given.resolve("weights.safetensors") : given;
  }

  private void copy(String name, INDArray destination) {
    Map<String, TensorEntry> tensors = file.tensors();
    TensorEntry entry = tensors.get(name);
    unused.remove(name);
    if (entry == null) {
      fresh.add(name + " starts fresh: it is not in the file");
      return;
    }
    List<Long> shape = Arrays.stream(destination.shape()).boxed().toList();
    if (!entry.is(ElementType.F32) || !entry.shape().equals(shape)) {
      fresh.add(
          name
              + " starts fresh: the file has "
              + entry.type()
              + " "
              + entry.shape()
              + ", the net F32 "
              + shape);
      return;
    }
    file.read(name, destination);
    matched++;
  }
}
