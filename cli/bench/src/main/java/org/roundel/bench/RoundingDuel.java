package org.roundel.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.roundel.api.Tensors;
import org.roundel.api.model.ParameterRole;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.random.RandomPurpose;
import org.roundel.api.random.RandomSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures stochastic rounding alone, in place: the plugin against LibTorch's operations, beside a
 * copy of the same memory. The grids are {−1, +1}, and the multiples of ¼ in [−1, 1].
 */
@Command(
    name = "rounding",
    mixinStandardHelpOptions = true,
    description = "Races stochastic rounding of many weights against LibTorch's operations.")
final class RoundingDuel implements Callable<Integer> {
  private static final double DELTA = 0.25;
  private static final double STANDARD_ERRORS = 5;
  private static final long SEED = 1;

  @Option(
      names = "--weights",
      description = "how many weights: ${DEFAULT-VALUE}",
      defaultValue = "10000000")
  private int weights;

  @Option(names = "--rounds", description = "rounds: ${DEFAULT-VALUE}", defaultValue = "15")
  private int rounds;

  RoundingDuel() {}

  @Override
  public Integer call() {
    NativeLibraries.load();
    float[] start = new float[weights];
    RandomSource random = RandomSource.of(SEED, RandomPurpose.INITIALIZE, 0);
    for (int index = 0; index < weights; index++) {
      start[index] = (float) (2 * random.uniform(index) - 1);
    }
    List<Rounder> sides = new ArrayList<>();
    sides.add(new Plugin("roundel, two values", weights, Map.of()));
    sides.add(new Plugin("roundel, nine values", weights, Map.of("delta", "0.25")));
    sides.add(new TwoValues(weights));
    sides.add(new NineValues(weights));
    sides.add(new NewArrays(weights));
    sides.add(new Copy(weights));
    Race race =
        Race.run(
            sides.size(),
            weights,
            rounds,
            2,
            side -> sides.get(side).reset(start),
            side -> sides.get(side).round());
    System.out.printf(
        Locale.ROOT,
        "%,d weights, %d rounds, %d processors%n  %-24s %14s %14s %8s%n",
        weights,
        rounds,
        Runtime.getRuntime().availableProcessors(),
        "million weights/s",
        "median",
        "best",
        "GB/s");
    boolean unbiased = true;
    for (int side = 0; side < sides.size(); side++) {
      double perSecond = race.medianPerSecond(side);
      // Each weight is read and written once at least.
      System.out.printf(
          Locale.ROOT,
          "  %-24s %14.1f %14.1f %8.2f%n",
          sides.get(side).name(),
          perSecond / 1e6,
          race.bestPerSecond(side) / 1e6,
          2.0 * Float.BYTES * perSecond / 1e9);
      unbiased &= isUnbiased(sides.get(side), start);
    }
    return unbiased ? 0 : 1;
  }

  /**
   * Says so if the mean moved by more than chance explains: the variance of one rounding is at most
   * (distance of the levels)²/4 ≤ 1, so 5 standard errors of the mean are at most 5/√n.
   */
  private boolean isUnbiased(Rounder side, float[] start) {
    float[] rounded = side.values();
    double sum = 0;
    for (int index = 0; index < weights; index++) {
      sum += (double) rounded[index] - start[index];
    }
    if (Math.abs(sum / weights) <= STANDARD_ERRORS / Math.sqrt(weights)) {
      return true;
    }
    System.out.printf(
        Locale.ROOT, "  FAILED: %s moves the mean by %.2e%n", side.name(), sum / weights);
    return false;
  }

  /** One of those that race. */
  private interface Rounder {
    String name();

    /** Sets the weights; not timed. */
    void reset(float[] start);

    /** Rounds the weights. */
    void round();

    /** Returns the weights. */
    float[] values();
  }

  /** The stochastic-rounding plugin. */
  private static final class Plugin implements Rounder {
    private final String name;
    private final Quantizer quantizer;
    private final INDArray weights;
    private long step;

    Plugin(String name, int size, Map<String, String> options) {
      this.name = name;
      this.quantizer = Plugins.quantizer("stochastic-rounding", options);
      this.weights = Nd4j.zeros(DataType.FLOAT, size);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void reset(float[] start) {
      Tensors.floats(weights).put(start);
    }

    @Override
    public void round() {
      step++;
      quantizer.afterUpdate(
          weights,
          QuantizationContext.of(
              "weights",
              ParameterRole.CONVOLUTION_WEIGHT,
              step,
              RandomSource.of(SEED, RandomPurpose.QUANTIZE, step)));
    }

    @Override
    public float[] values() {
      float[] values = new float[Math.toIntExact(weights.length())];
      Tensors.floats(weights).get(values);
      return values;
    }
  }

  /** LibTorch's operations on the weights, with an array of the same size beside. */
  private abstract static class LibTorch implements Rounder {
    static final Scalar STEP = new Scalar((float) DELTA);
    static final Scalar PER_STEP = new Scalar((float) (1 / DELTA));
    static final ScalarOptional LOWEST = new ScalarOptional(new Scalar(-1f));
    static final ScalarOptional HIGHEST = new ScalarOptional(new Scalar(1f));
    static final GeneratorOptional ANY_GENERATOR = new GeneratorOptional();

    final Tensor weights;
    final Tensor scratch;
    private final String name;

    LibTorch(String name, int size) {
      this.name = name;
      this.weights = torch.zeros(size);
      this.scratch = torch.zeros(size);
    }

    abstract void apply();

    @Override
    public String name() {
      return name;
    }

    @Override
    public void reset(float[] start) {
      weights.data_ptr_float().put(start);
    }

    @Override
    public void round() {
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGradient = new NoGradGuard()) {
        apply();
      }
    }

    @Override
    public float[] values() {
      float[] values = new float[Math.toIntExact(weights.numel())];
      weights.data_ptr_float().get(values);
      return values;
    }
  }

  /** As few passes as there can be, in place; see {@link LibTorchSide}. */
  private static final class TwoValues extends LibTorch {
    private final Tensor one = torch.ones(new long[0]);

    TwoValues(int size) {
      super("libtorch, two values", size);
    }

    @Override
    void apply() {
      scratch.uniform_(Math.nextUp(-1f), 1, ANY_GENERATOR);
      torch.copysign_out(weights, one, weights.sub_(scratch));
    }
  }

  /** clip(⌊w/Δ + u⌋·Δ) in place. */
  private static final class NineValues extends LibTorch {
    NineValues(int size) {
      super("libtorch, nine values", size);
    }

    @Override
    void apply() {
      scratch.uniform_();
      weights.mul_(PER_STEP).add_(scratch).floor_().mul_(STEP).clamp_(LOWEST, HIGHEST);
    }
  }

  /**
   * clip(⌊w/Δ + u⌋·Δ) as it is usually written, QPyTorch's approach: each operation a new array.
   */
  private static final class NewArrays extends LibTorch {
    NewArrays(int size) {
      super("libtorch, new arrays", size);
    }

    @Override
    void apply() {
      Tensor random = torch.rand_like(weights);
      weights.copy_(weights.div(STEP).add(random).floor().mul(STEP).clamp(LOWEST, HIGHEST));
    }
  }

  /** No rounding: what the memory allows. */
  private static final class Copy extends LibTorch {
    Copy(int size) {
      super("libtorch, copy", size);
    }

    @Override
    void apply() {
      scratch.copy_(weights);
    }
  }
}
