package org.roundel.api.quantizer;

import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;

/** The options by which a user describes a {@link Grid}. */
public final class GridOptions {
  /** Which form of grid to use; an option that only fixed point has implies fixed point. */
  public static final Option<String> FORM =
      Option.choice(
          "grid",
          "binary",
          List.of("binary", "fixed-point"),
          "form of the grid: two values, or evenly spaced ones (implied by delta, minimum, maximum)");

  /** The scale s of the binary grid. */
  public static final Option<Double> SCALE =
      Option.positive("scale", 1, 1e6, "binary grid: the weights are -scale and +scale");

  /** The step Δ of the fixed-point grid. */
  public static final Option<Double> DELTA =
      Option.positive("delta", 0.25, 1e6, "fixed-point grid: distance between neighbouring values");

  /** The lowest value of the fixed-point grid. */
  public static final Option<Double> MINIMUM =
      Option.real("minimum", -1, -1e6, 1e6, "fixed-point grid: lowest value, a multiple of delta");

  /** The highest value of the fixed-point grid. */
  public static final Option<Double> MAXIMUM =
      Option.real("maximum", 1, -1e6, 1e6, "fixed-point grid: highest value, a multiple of delta");

  /** All of them; a quantizer on such a grid declares them all. */
  public static final List<Option<?>> ALL = List.of(FORM, SCALE, DELTA, MINIMUM, MAXIMUM);

  private static final List<Option<?>> FIXED_POINT_ONLY = List.of(DELTA, MINIMUM, MAXIMUM);

  private GridOptions() {}

  /**
   * Returns the grid that a user's options describe.
   *
   * @param options values for {@link #ALL}
   * @throws InvalidInputException if an option is given that the chosen form does not use, or the
   *     values make no grid
   */
  public static Grid grid(Options options) {
    boolean binary = options.get(FORM).equals("binary");
    if (!options.isGiven(FORM) && FIXED_POINT_ONLY.stream().anyMatch(options::isGiven)) {
      binary = false;
    }
    for (Option<?> unused : binary ? FIXED_POINT_ONLY : List.of(SCALE)) {
      if (options.isGiven(unused)) {
        throw new InvalidInputException(
            "option '"
                + unused.name()
                + "' is given, but grid="
                + (binary ? "binary" : "fixed-point")
                + " does not use it; remove it or set grid="
                + (binary ? "fixed-point" : "binary"));
      }
    }
    if (binary) {
      return Grid.binary(options.get(SCALE));
    }
    return Grid.fixedPoint(options.get(DELTA), options.get(MINIMUM), options.get(MAXIMUM));
  }
}
