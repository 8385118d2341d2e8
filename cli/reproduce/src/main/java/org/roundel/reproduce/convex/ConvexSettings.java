package org.roundel.reproduce.convex;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.roundel.reproduce.experiment.Scale;

/**
 * What the convex experiment sweeps over.
 *
 * @param deltas Δ, the grid's spacings, descending
 * @param dimensions d of the quadratics, ascending
 * @param noises σ of the quadratics: the root of the gradient noise's expected squared length,
 *     ascending
 * @param steps T
 * @param seeds repetitions of everything, at least 2
 * @param firstSeed the first of the seeds, which follow each other
 */
public record ConvexSettings(
    List<Double> deltas,
    List<Integer> dimensions,
    List<Double> noises,
    long steps,
    int seeds,
    long firstSeed) {
  /** Sorts the lists and removes what stands there twice. */
  public ConvexSettings {
    deltas = deltas.stream().distinct().sorted((a, b) -> Double.compare(b, a)).toList();
    dimensions = dimensions.stream().distinct().sorted().toList();
    noises = noises.stream().distinct().sorted().toList();
  }

  /** Returns what a scale is. */
  public static ConvexSettings of(Scale scale, int seeds, long firstSeed) {
    return switch (scale) {
      case SMOKE ->
          new ConvexSettings(
              List.of(0.5, 0.25, 0.125, 0.0625),
              List.of(16, 32, 64, 128),
              List.of(0.5, 1.0, 2.0),
              20_000,
              seeds,
              firstSeed);
      case LAPTOP -> large(200_000, seeds, firstSeed);
      case PAPER -> large(1_000_000, seeds, firstSeed);
    };
  }

  private static ConvexSettings large(long steps, int seeds, long firstSeed) {
    return new ConvexSettings(
        List.of(1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125),
        List.of(4, 16, 64, 256),
        List.of(0.25, 0.5, 1.0, 2.0, 4.0),
        steps,
        seeds,
        firstSeed);
  }

  /** Returns d where only something else is swept: the middle one. */
  public int baseDimension() {
    return dimensions.get(dimensions.size() / 2);
  }

  /** Returns σ where only something else is swept: the middle one. */
  public double baseNoise() {
    return noises.get(noises.size() / 2);
  }

  /** Returns the settings by the names of their options. */
  Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("delta", text(deltas));
    map.put("dimension", text(dimensions));
    map.put("noise", text(noises));
    map.put("steps", Long.toString(steps));
    map.put("seeds", Integer.toString(seeds));
    map.put("seed", Long.toString(firstSeed));
    return map;
  }

  private static String text(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
