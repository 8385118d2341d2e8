package org.roundel.uniform;

import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link Uniform}. */
final class UniformFactory implements QuantizerFactory {
  private static final Option<Integer> BITS =
      Option.integer("bits", 8, 2, 16, "bits of a weight; it has 2^bits - 1 values");

  private static final Option<String> GRANULARITY =
      Option.choice(
          "granularity",
          "tensor",
          List.of("tensor", "channel"),
          "what has a step of its own, by its largest weight");

  private static final Option<Double> RANGE =
      Option.real(
          "range",
          0,
          0,
          1e6,
          "fixed range: values from -range to +range; 0 for the largest weight");

  private static final Option<String> ROUNDING =
      Option.choice(
          "rounding",
          "nearest",
          List.of("nearest", "stochastic"),
          "to the nearest value, or up or down at random, right on average");

  private static final Option<String> TIES =
      Option.choice(
          "ties",
          "half-even",
          List.of("half-even", "half-away"),
          "nearest rounding from the middle: to the even multiple as PyTorch, or away from zero");

  /** Well above where float32 gets coarser, for 16 bits too. */
  private static final double LEAST_RANGE = 1e-30;

  @Override
  public String name() {
    return "uniform";
  }

  @Override
  public String description() {
    return "k-bit multiples of a step, symmetric around 0; for the integer weights of common programs and chips";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(BITS, GRANULARITY, RANGE, ROUNDING, TIES);
  }

  @Override
  public Quantizer create(Options options) {
    double range = options.get(RANGE);
    if (range > 0 && range < LEAST_RANGE) {
      throw new InvalidInputException(
          "option 'range' is "
              + range
              + "; allowed: 0 for the largest weight, or at least "
              + LEAST_RANGE
              + ", below which float32 numbers are too coarse");
    }
    if (range > 0 && options.isGiven(GRANULARITY)) {
      throw new InvalidInputException(
          "option 'granularity' is given, but a fixed range is the same for all tensors and"
              + " channels; remove it or set range=0");
    }
    return new Uniform(
        options.get(BITS),
        rounding(options),
        options.get(GRANULARITY).equals("channel"),
        (float) range);
  }

  private static Rounding rounding(Options options) {
    boolean halfEven = options.get(TIES).equals("half-even");
    if (options.get(ROUNDING).equals("nearest")) {
      return halfEven ? Rounding.HALF_EVEN : Rounding.HALF_AWAY;
    }
    if (options.isGiven(TIES)) {
      throw new InvalidInputException(
          "option 'ties' is given, but rounding=stochastic does not use it; remove it or set"
              + " rounding=nearest");
    }
    return Rounding.STOCHASTIC;
  }
}
