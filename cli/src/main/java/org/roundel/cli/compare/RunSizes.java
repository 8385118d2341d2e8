package org.roundel.cli.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roundel.core.RoundelException;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.ship.PackedSize;

/**
 * How large runs' nets are.
 *
 * @param sizes by the run's name; those that cannot be told are missing
 */
record RunSizes(Map<String, PackedSize> sizes) {
  static final RunSizes UNKNOWN = new RunSizes(Map.of());

  static RunSizes of(PluginRegistry registry, List<NamedRun> runs) {
    Map<String, PackedSize> sizes = new HashMap<>();
    for (NamedRun run : runs) {
      try {
        sizes.put(run.name(), PackedSize.of(registry, run.path()));
      } catch (RoundelException unknown) {
        // Without a checkpoint or its quantizer a run can still be compared.
        sizes.remove(run.name());
      }
    }
    return new RunSizes(sizes);
  }

  @Nullable PackedSize of(NamedRun run) {
    return sizes.get(run.name());
  }
}
