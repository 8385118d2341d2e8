package org.roundel.parq;

import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link Parq}. */
final class ParqFactory implements QuantizerFactory {
  private static final Option<String> BITS =
      Option.choice(
          "bits",
          "2",
          List.of("1", "ternary", "2", "3", "4"),
          "values of each layer: 2^bits, or -v, 0 and v");

  private static final Option<Double> ANNEAL_START =
      Option.real(
          "anneal-start", 0, 0, 1, "share of the run up to which the net computes with float32");

  private static final Option<Double> ANNEAL_END =
      Option.real(
          "anneal-end",
          0.9,
          0,
          1,
          "share of the run after which it computes with quantized weights alone");

  private static final Option<Double> STEEPNESS =
      Option.real(
          "anneal-steepness",
          10,
          0.1,
          100,
          "how sudden the way between is, from nearly a line to nearly a step in its middle");

  @Override
  public String name() {
    return "parq";
  }

  @Override
  public String description() {
    return "draws weights ever more steeply to a least-squares grid of 1 to 4 bits of each layer, then"
        + " rounds them";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(BITS, ANNEAL_START, ANNEAL_END, STEEPNESS);
  }

  @Override
  public Quantizer create(Options options) {
    double start = options.get(ANNEAL_START);
    double end = options.get(ANNEAL_END);
    if (end <= start) {
      throw new InvalidInputException(
          "option 'anneal-end' is "
              + end
              + ", not more than anneal-start, which is "
              + start
              + "; allowed: more, as weights are drawn to the grid between the two");
    }
    boolean ternary = options.get(BITS).equals("ternary");
    int scales = ternary ? 1 : Integer.parseInt(options.get(BITS));
    return new Parq(
        new LeastSquaresGrid(scales, ternary), new Annealing(start, end, options.get(STEEPNESS)));
  }
}
