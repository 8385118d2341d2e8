package org.roundel.swalp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.GridOptions;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link Swalp}. */
final class SwalpFactory implements QuantizerFactory {
  private static final Option<Integer> CYCLE =
      Option.integer("cycle", 1, 1, 1_000_000_000, "updates from one averaging to the next");

  private static final Option<Double> START_AT =
      Option.real("start-at", 0.67, 0, 1, "share of the run after which weights are averaged");

  private static final Option<Double> AVERAGE_DELTA =
      Option.real(
          "average-delta",
          0,
          0,
          1e6,
          "the average is rounded to multiples of this to evaluate and ship; 0 to keep float32");

  @Override
  public String name() {
    return "swalp";
  }

  @Override
  public String description() {
    return "stochastic rounding whose weights are averaged late in the run; the average ships";
  }

  @Override
  public List<Option<?>> options() {
    List<Option<?>> options = new ArrayList<>(GridOptions.ALL);
    options.addAll(List.of(CYCLE, START_AT, AVERAGE_DELTA));
    return List.copyOf(options);
  }

  @Override
  public Quantizer create(Options options) {
    Grid grid = GridOptions.grid(options);
    return new Swalp(
        grid, shipped(grid, options.get(AVERAGE_DELTA)), options.get(CYCLE), options.get(START_AT));
  }

  private static @Nullable Grid shipped(Grid grid, double delta) {
    if (delta == 0) {
      return null;
    }
    try {
      return Grid.fixedPoint(delta, grid.lowest(), grid.highest());
    } catch (InvalidInputException invalid) {
      throw new InvalidInputException(
          "option 'average-delta' is "
              + delta
              + ", which does not fit the range of the training grid: "
              + invalid.getMessage(),
          invalid);
    }
  }
}
