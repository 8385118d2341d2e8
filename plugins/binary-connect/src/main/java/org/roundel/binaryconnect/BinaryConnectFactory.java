package org.roundel.binaryconnect;

import java.util.ArrayList;
import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.GradientEstimator;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.GridOptions;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link BinaryConnect}. */
final class BinaryConnectFactory implements QuantizerFactory {
  private static final Option<String> ROUNDING =
      Option.choice(
          "rounding",
          "nearest",
          List.of("nearest", "stochastic"),
          "how the net's weights come from the latent ones; stochastic draws anew in every step");

  private static final Option<Boolean> CLIP =
      Option.flag(
          "clip", true, "clip the latent weights to the range of the grid after every update");

  @Override
  public String name() {
    return "binary-connect";
  }

  @Override
  public String description() {
    return "quantizes a float32 latent copy before every step and updates the copy; the usual choice";
  }

  @Override
  public List<Option<?>> options() {
    List<Option<?>> options = new ArrayList<>(GridOptions.ALL);
    options.add(ROUNDING);
    options.add(CLIP);
    options.add(GradientEstimator.OPTION);
    return List.copyOf(options);
  }

  @Override
  public Quantizer create(Options options) {
    boolean stochastic = options.get(ROUNDING).equals("stochastic");
    Grid grid = GridOptions.grid(options);
    GradientEstimator estimator = GradientEstimator.of(options);
    if (estimator != GradientEstimator.STRAIGHT_THROUGH) {
      refuseWithoutSign(grid, stochastic);
    }
    if (estimator == GradientEstimator.CLIPPED && options.get(CLIP)) {
      throw new InvalidInputException(
          "option 'estimator' is clipped, but clip=true keeps all latent weights where it passes"
              + " the gradient unchanged; set clip=false or remove it");
    }
    return new BinaryConnect(grid, stochastic, options.get(CLIP), estimator);
  }

  private static void refuseWithoutSign(Grid grid, boolean stochastic) {
    boolean signs = grid.levels().length == 2 && grid.lowest() == -grid.highest();
    if (stochastic || !signs) {
      throw new InvalidInputException(
          "option 'estimator' stands for the derivative of a sign, and there is none with "
              + (stochastic ? "rounding=stochastic" : "other values than two opposite ones")
              + "; remove it or set "
              + (stochastic ? "rounding=nearest" : "grid=binary"));
    }
  }
}
