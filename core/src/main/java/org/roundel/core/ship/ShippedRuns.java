package org.roundel.core.ship;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.roundel.api.Option;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.model.Model;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.core.checkpoint.CheckpointStore;
import org.roundel.core.checkpoint.SafetensorsReader;
import org.roundel.core.component.Components;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.plugin.PluginRegistry;
import org.roundel.core.record.OpenedRun;
import org.roundel.core.record.RunState;
import org.roundel.core.run.RunDirectory;

/**
 * Reads the nets of runs into the neutral form: the graph from the model, the arrays from a
 * checkpoint, everything else from the record of the run.
 */
public final class ShippedRuns {
  private final PluginRegistry registry;

  public ShippedRuns(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Reads what a run ships. The run may be going on.
   *
   * @param checkpoint a checkpoint's name, or {@code newest} or {@code best}
   * @throws org.roundel.core.RoundelException if what lies in the directory is not as the run wrote
   *     it, a component or the data are missing, or the net has no neutral form
   */
  public ShippedRun read(Path runDirectory, String checkpoint) {
    try (RunDirectory directory = RunDirectory.openForReading(runDirectory)) {
      CheckpointStore store = CheckpointStore.forReading(directory.checkpoints());
      try (OpenedRun run = OpenedRun.open(directory, store, checkpoint)) {
        RunState newest = run.state().progress().state();
        if (!checkpoint.equals("newest")) {
          try (OpenedRun other = OpenedRun.open(directory, store, "newest")) {
            newest = other.state().progress().state();
          }
        }
        int epochsDone = newest.epoch() - 1;
        RunConfiguration last = run.manifest().configurations().last();
        int epochs = newest.isOver(last) ? epochsDone : last.get(RunSettings.EPOCHS);
        return new ShippedRun(directory.path(), net(run), epochsDone, epochs, run.notices("using"));
      }
    }
  }

  private ShippedNet net(OpenedRun run) {
    RunConfiguration configuration =
        run.manifest().configurations().at(run.state().progress().state().position());
    Components components = Components.find(registry, configuration);
    // Models are made with random weights, which threads share.
    ComputeThreads.set(configuration.get(RunSettings.THREADS));
    Quantizer quantizer = components.createQuantizer();
    try (Dataset dataset = components.createDataset();
        Model model = components.createModelForEvaluation(dataset, 1)) {
      NetGraph graph =
          components
              .model()
              .call("could not say which operations it has", factory -> model.graph());
      Set<String> quantized = new TreeSet<>(run.state().progress().quantized().keySet());
      quantized.retainAll(graph.arrays().keySet());
      return new ShippedNet(
          graph,
          arrays(run.checkpoint().weights(), graph, quantized, quantizer),
          quantized,
          dataset.pixelScaling().orElse(null),
          dataset.classNames(),
          origin(run, configuration));
    }
  }

  private static Map<String, NetArray> arrays(
      SafetensorsReader weights, NetGraph graph, Set<String> quantized, Quantizer quantizer) {
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    graph
        .arrays()
        .forEach(
            (name, shape) -> {
              float[] values = weights.readFloats(name, shape);
              arrays.put(
                  name,
                  quantized.contains(name)
                      ? LevelSearch.find(shape, values, quantizer)
                      : NetArray.floats(shape, values));
            });
    return arrays;
  }

  private static NetOrigin origin(OpenedRun run, RunConfiguration configuration) {
    return new NetOrigin(
        configuration.get(RunSettings.MODEL),
        withOptions(configuration, RunSettings.QUANTIZER),
        configuration.get(RunSettings.QUANTIZE),
        configuration.get(RunSettings.DATASET),
        new NetOrigin.Checkpoint(
            run.manifest().run(), run.checkpoint().name(), run.checkpoint().weightsSha256()));
  }

  private static String withOptions(RunConfiguration configuration, Option<String> component) {
    StringJoiner words = new StringJoiner(" ");
    words.add(configuration.get(component));
    configuration
        .componentOptions(component)
        .forEach((option, value) -> words.add(option + "=" + value));
    return words.toString();
  }
}
