package org.roundel.core.ship;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.roundel.api.net.NetArray;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.checkpoint.TensorEntry;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.run.RunDirectory;

/**
 * How large a run's net is, by its newest checkpoint, without making the net.
 *
 * @param numbers how many numbers it has, running statistics included
 * @param bytes what they take packed, as {@link NetSummary#bytes} counts it
 */
public record PackedSize(long numbers, long bytes) {
  /**
   * Reads the size. The run may be going on.
   *
   * @throws org.roundel.core.RoundelException if what lies in the directory is not as the run wrote
   *     it, or its quantizer is missing
   */
  public static PackedSize of(PluginRegistry registry, Path runDirectory) {
    try (RunDirectory directory = RunDirectory.openForReading(runDirectory);
        OpenedRun run =
            OpenedRun.open(
                directory, CheckpointStore.forReading(directory.checkpoints()), "newest")) {
      RunConfiguration configuration =
          run.manifest().configurations().at(run.state().progress().state().position());
      Quantizer quantizer = Components.find(registry, configuration).createQuantizer();
      return of(run.checkpoint().weights(), run.state().progress().quantized().keySet(), quantizer);
    }
  }

  private static PackedSize of(
      SafetensorsReader weights, Set<String> quantized, Quantizer quantizer) {
    long numbers = 0;
    long bytes = 0;
    for (TensorEntry entry : weights.tensors().values()) {
      List<Integer> shape = entry.shape().stream().map(Math::toIntExact).toList();
      float[] values = weights.readFloats(entry.name(), shape);
      boolean packed = quantized.contains(entry.name());
      NetArray array =
          packed ? LevelSearch.find(shape, values, quantizer) : NetArray.floats(shape, values);
      numbers += values.length;
      bytes += ArraySummary.of(entry.name(), array, packed).bytes();
    }
    return new PackedSize(numbers, bytes);
  }
}
