package org.roundel.cli.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roundel.api.dataset.Batch;
import org.roundel.api.model.LayerDescription;
import org.roundel.api.model.Model;
import org.roundel.api.model.MultiplyAdds;
import org.roundel.api.model.PassTime;
import org.roundel.api.random.RandomSource;

/**
 * What the passes of a net's layers take of a training step.
 *
 * @param engine what computes the net, empty if it does not say
 * @param runs how often each was measured; the median counts
 * @param passes in the order in which layers are met, forward before backward; empty if the net
 *     cannot tell them apart
 */
public record LayerProfile(String engine, int runs, List<LayerPass> passes) {
  /**
   * A pass of a layer.
   *
   * @param multiplyAdds the direct algorithm's for the whole batch, 0 for what does not multiply
   */
  public record LayerPass(PassTime time, long multiplyAdds) {
    /**
     * Returns floating-point operations a second: of the direct algorithm, whatever computes it.
     */
    public double flops(PassTime.KernelTime kernel) {
      return 2e9 * multiplyAdds / kernel.nanoseconds();
    }
  }

  /**
   * What all passes take that compute the same.
   *
   * @param operation what they compute
   * @param seconds in a step
   * @param share of the step
   */
  public record OperationTime(String operation, double seconds, double share) {}

  /** Copies the list. */
  public LayerProfile {
    passes = List.copyOf(passes);
  }

  /** Measures a net; on the caller's thread. */
  static LayerProfile of(Model model, Batch batch, RandomSource random, int runs) {
    Map<String, MultiplyAdds> arithmetic = new HashMap<>();
    for (LayerDescription layer : model.layers()) {
      arithmetic.put(layer.name(), layer.multiplyAdds());
    }
    Map<String, List<LayerPass>> byLayer = new LinkedHashMap<>();
    for (PassTime time : model.profile(batch, random, runs)) {
      MultiplyAdds image = arithmetic.getOrDefault(time.layer(), MultiplyAdds.NONE);
      byLayer
          .computeIfAbsent(time.layer(), name -> new ArrayList<>())
          .add(new LayerPass(time, batch.size() * ofPass(image, time)));
    }
    List<LayerPass> passes = new ArrayList<>();
    for (List<LayerPass> layer : byLayer.values()) {
      layer.sort(Comparator.comparing(pass -> pass.time().pass()));
      passes.addAll(layer);
    }
    return new LayerProfile(model.engine(), runs, passes);
  }

  private static long ofPass(MultiplyAdds image, PassTime time) {
    return switch (time.pass()) {
      case FORWARD, WEIGHTS_GRADIENT -> time.operation().equals("copy") ? 0 : image.forward();
      case INPUT_GRADIENT -> image.backward() - image.forward();
      case OTHER -> 0;
    };
  }

  /** Returns what the kinds of operation take, the longest first; the shares add up to 1. */
  public List<OperationTime> operations() {
    Map<String, Long> nanoseconds = new LinkedHashMap<>();
    long all = 0;
    for (LayerPass pass : passes) {
      long taken = pass.time().chosen().nanoseconds();
      nanoseconds.merge(pass.time().operation(), taken, Long::sum);
      all += taken;
    }
    List<OperationTime> operations = new ArrayList<>();
    for (Map.Entry<String, Long> operation : nanoseconds.entrySet()) {
      double taken = operation.getValue();
      operations.add(new OperationTime(operation.getKey(), taken / 1e9, taken / Math.max(1, all)));
    }
    operations.sort(Comparator.comparing(OperationTime::seconds).reversed());
    return operations;
  }
}
