package org.roundel.binaryrelax;

import java.util.List;
import org.roundel.api.InvalidInputException;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerFactory;

/** Makes {@link BinaryRelax}. */
final class BinaryRelaxFactory implements QuantizerFactory {
  private static final Option<Double> LAMBDA_START =
      Option.positive(
          "lambda-start",
          1,
          1e6,
          "weight of the quantized values against the latent ones at first");

  private static final Option<Double> LAMBDA_END =
      Option.positive(
          "lambda-end", 24, 1e6, "the same when phase two begins; at least lambda-start");

  private static final Option<Double> PHASE_TWO_AT =
      Option.real(
          "phase-two-at",
          0.8,
          0,
          1,
          "share of the run after which the net computes with the quantized values alone");

  @Override
  public String name() {
    return "binary-relax";
  }

  @Override
  public String description() {
    return "draws weights closer and closer to -a and +a, a the layer's mean magnitude, then uses"
        + " those";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(LAMBDA_START, LAMBDA_END, PHASE_TWO_AT);
  }

  @Override
  public Quantizer create(Options options) {
    double start = options.get(LAMBDA_START);
    double end = options.get(LAMBDA_END);
    if (end < start) {
      throw new InvalidInputException(
          "option 'lambda-end' is "
              + end
              + ", less than lambda-start, which is "
              + start
              + "; allowed: at least as much, as lambda grows");
    }
    return new BinaryRelax(start, end, options.get(PHASE_TWO_AT));
  }
}
