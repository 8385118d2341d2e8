package org.roundel.cli.methods;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.net.Levels;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.ShippedNet;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.run.RunDirectory;

/** The net of a run's newest checkpoint, whose levels are the values that an array has. */
final class CheckpointNet {
  private static final int MOST_LEVELS = 256;

  private CheckpointNet() {}

  static ShippedNet of(Path run, NetGraph graph, Dataset dataset) {
    try (RunDirectory directory = RunDirectory.openForReading(run);
        OpenedRun opened =
            OpenedRun.open(
                directory, CheckpointStore.forReading(directory.checkpoints()), "newest")) {
      Set<String> quantized = new TreeSet<>(opened.state().progress().quantized().keySet());
      Map<String, NetArray> arrays = new LinkedHashMap<>();
      graph
          .arrays()
          .forEach(
              (name, shape) -> {
                float[] values = values(opened.checkpoint().weights(), name, shape);
                arrays.put(
                    name,
                    quantized.contains(name)
                        ? levelled(shape, values)
                        : NetArray.floats(shape, values));
              });
      return new ShippedNet(
          graph,
          arrays,
          quantized,
          dataset.pixelScaling().orElse(null),
          dataset.classNames(),
          new NetOrigin(
              "a-model",
              "a-quantizer",
              "all",
              "a-dataset",
              new NetOrigin.Checkpoint("a-run", "newest", "0f".repeat(32))));
    }
  }

  private static float[] values(SafetensorsReader weights, String name, List<Integer> shape) {
    float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
    weights.readFloats(name, FloatBuffer.wrap(values));
    return values;
  }

  private static NetArray levelled(List<Integer> shape, float[] values) {
    float[] found = new float[MOST_LEVELS];
    int count = 0;
    char[] indices = new char[values.length];
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    for (float value : sorted) {
      if (count == 0 || value != found[count - 1]) {
        if (count == MOST_LEVELS) {
          return NetArray.floats(shape, values);
        }
        found[count++] = value;
      }
    }
    float[] levels = Arrays.copyOf(found, count);
    for (int element = 0; element < values.length; element++) {
      indices[element] = (char) Arrays.binarySearch(levels, values[element]);
    }
    return NetArray.quantized(shape, Levels.of(levels), indices);
  }
}
