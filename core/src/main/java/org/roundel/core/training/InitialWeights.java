package org.roundel.core.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.Buffer;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.ElementType;
import org.roundel.core.checkpoint.Safetensors;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.checkpoint.TensorEntry;

/** Starts a net from another run's weights, matched by name and shape. */
final class InitialWeights {
  private final SafetensorsReader file;
  private final List<String> notices = new ArrayList<>();
  private final Set<String> unused;
  private int matched;

  private InitialWeights(SafetensorsReader file) {
    this.file = file;
    this.unused = new TreeSet<>(file.tensors().keySet());
  }

  /**
   * Copies every parameter and buffer that the file has in the same shape.
   *
   * <p>What is quantized gets the loaded values where the optimizer works: in the latent weights if
   * they are kept, else in the net's.
   *
   * @param path a safetensors file
   * @return one line per parameter or buffer: what matched, what did not and why, and what the file
   *     has beside
   * @throws RoundelException if the file is none, or nothing in it matches
   */
  static List<String> load(Path path, TrainedNet net) {
    if (!Files.isRegularFile(path)) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          "init-from: there is no file " + path + "; give a run directory or a safetensors file");
    }
    try (SafetensorsReader file = Safetensors.open(path)) {
      InitialWeights weights = new InitialWeights(file);
      for (TrainedParameter parameter : net.parameters()) {
        weights.copy(parameter.name(), parameter.updated());
      }
      for (Buffer buffer : net.model().buffers()) {
        weights.copy(buffer.name(), buffer.values());
      }
      weights.unused.forEach(name -> weights.notices.add(name + ": in the file only"));
      if (weights.matched == 0) {
        throw new RoundelException(
            ErrorKind.CONFIGURATION,
            "init-from: nothing in "
                + path
                + " matches the net:\n  "
                + String.join("\n  ", weights.notices));
      }
      return weights.notices;
    }
  }

  private void copy(String name, INDArray destination) {
    Map<String, TensorEntry> tensors = file.tensors();
    TensorEntry entry = tensors.get(name);
    unused.remove(name);
    if (entry == null) {
      notices.add(name + ": not in the file, starts fresh");
      return;
    }
    List<Long> shape = Arrays.stream(destination.shape()).boxed().toList();
    if (!entry.is(ElementType.F32) || !entry.shape().equals(shape)) {
      notices.add(
          name
              + ": the file has "
              + entry.type()
              + " "
              + entry.shape()
              + ", the net F32 "
              + shape
              + ", starts fresh");
      return;
    }
    file.read(name, destination);
    matched++;
    notices.add(name + ": loaded, " + shape);
  }
}
