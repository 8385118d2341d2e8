package org.roundel.core.ship;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.roundel.api.dataset.Dataset;
import org.roundel.api.model.Buffer;
import org.roundel.api.model.Model;
import org.roundel.api.model.Parameter;
import org.roundel.api.net.NetGraph;
import org.roundel.api.optimizer.Optimizer;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.training.StateArray;
import org.roundel.core.batch.BatchParts;
import org.roundel.core.component.Components;
import org.roundel.core.config.ParameterSelector;
import org.roundel.core.config.RunConfiguration;
import org.roundel.core.config.RunSettings;
import org.roundel.core.floats.GradientSum;
import org.roundel.core.natives.ComputeThreads;
import org.roundel.core.net.StateCopies;
import org.roundel.core.plugin.PluginRegistry;

/**
 * A net that is not trained yet, in numbers.
 *
 * @param summary its layers; each array has the bits that the quantizer's values need
 * @param memory what training needs
 */
public record UntrainedNet(NetSummary summary, TrainingMemory memory) {
  /**
   * Makes a run's net and measures it; trains nothing.
   *
   * @throws org.roundel.core.RoundelException if a component or the data are missing, or the net
   *     has no neutral form
   */
  public static UntrainedNet of(PluginRegistry registry, RunConfiguration configuration) {
    Components components = Components.find(registry, configuration);
    ComputeThreads.set(configuration.get(RunSettings.THREADS));
    Quantizer quantizer = components.createQuantizer();
    Optimizer optimizer = components.createOptimizer();
    try (Dataset dataset = components.createDataset()) {
      long before = Pointer.totalBytes();
      int partSize =
          BatchParts.largest(
              configuration.get(RunSettings.BATCH_SIZE), configuration.get(RunSettings.SHARDS));
      try (Model model = components.createModel(dataset, partSize)) {
        // Weights and gradients are ND4J's own, which JavaCPP does not count.
        long taken = Pointer.totalBytes() - before;
        NetGraph graph =
            components
                .model()
                .call("could not say which operations it has", factory -> model.graph());
        return new Measurement(model, quantizer, optimizer, configuration).of(graph, taken);
      }
    }
  }

  /** What a net consists of while it is trained. */
  private record Measurement(
      Model model, Quantizer quantizer, Optimizer optimizer, RunConfiguration configuration) {
    UntrainedNet of(NetGraph graph, long taken) {
      boolean quantizes = quantizer.keepsLatentWeights() || quantizer.distinctValues() > 0;
      Set<String> selected = new HashSet<>();
      List<Parameter> parameters = model.parameters();
      boolean[] chosen =
          quantizes
              ? ParameterSelector.of(configuration.get(RunSettings.QUANTIZE)).select(parameters)
              : new boolean[parameters.size()];
      Map<String, Long> lengths = new HashMap<>();
      for (int index = 0; index < chosen.length; index++) {
        Parameter parameter = parameters.get(index);
        lengths.put(parameter.name(), parameter.values().length());
        if (chosen[index]) {
          selected.add(parameter.name());
        }
      }
      NetSummary summary =
          NetSummary.of(
              graph,
              name -> {
                boolean quantized = selected.contains(name);
                return ArraySummary.untrained(
                    name,
                    Objects.requireNonNull(graph.arrays().get(name)),
                    quantized ? bits() : Float.SIZE,
                    quantized);
              });
      return new UntrainedNet(summary, memory(lengths, selected, taken));
    }

    private int bits() {
      int count = quantizer.distinctValues();
      if (count < 1) {
        return Float.SIZE;
      }
      int bits = 1;
      while (bits < Float.SIZE && 1L << bits < count) {
        bits *= 2;
      }
      return bits;
    }

    private TrainingMemory memory(Map<String, Long> lengths, Set<String> selected, long taken) {
      long trained = lengths.values().stream().mapToLong(Long::longValue).sum();
      long quantized = selected.stream().mapToLong(name -> lengths.getOrDefault(name, 0L)).sum();
      long buffers = 0;
      for (Buffer buffer : model.buffers()) {
        buffers += buffer.values().length();
      }
      boolean latent = quantizer.keepsLatentWeights();
      int ofOptimizer = StateCopies.of(optimizer.stateArrays(), 0);
      boolean moves = quantizer.updatesWeights();
      // The last quantized values, and where updated weights are rounded in place, those before.
      long records = latent || moves ? 1 : 2;
      long learned =
          quantizer.stateArrays().stream()
              .filter(array -> array.learned() && array.extent() == StateArray.Extent.WEIGHTS)
              .count();
      int kept = StateCopies.of(quantizer.stateArrays(), 1 + ofOptimizer);
      boolean averages = configuration.get(RunSettings.EMA_DECAY) > 0;
      int sums = GradientSum.levels(configuration.get(RunSettings.SHARDS));
      return new TrainingMemory(
          Float.BYTES * (trained + buffers),
          Float.BYTES * trained * (1 + sums),
          latent ? Float.BYTES * quantized : 0,
          Float.BYTES * (moves ? trained - quantized : trained) * ofOptimizer,
          Float.BYTES * quantized * (kept + records),
          averages ? Float.BYTES * (trained + learned * quantized) : 0,
          taken);
    }
  }
}
