package org.roundel.bop;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunks;
import org.roundel.api.Tensors;
import org.roundel.api.quantizer.Grid;
import org.roundel.api.quantizer.QuantizationContext;
import org.roundel.api.quantizer.Quantizer;
import org.roundel.api.quantizer.QuantizerProperty;
import org.roundel.api.training.StateArray;

/**
 * Bop, the binary optimizer: a weight −s or +s flips where an average of its gradients says so
 * strongly enough. There are no latent weights, and no other optimizer moves these.
 *
 * <pre>
 *   m ← (1 − γ)·m + γ·g
 *   w ← −w where |m| &gt; τ and sign(m) = sign(w), else w
 * </pre>
 *
 * <p>g is the gradient of the mean loss with respect to w, m starts at 0, and weights start as fair
 * coins. A gradient with the sign of the weight says that a smaller weight is better; τ keeps a
 * weight from flipping back and forth where the average is mere noise. γ does what a learning rate
 * does elsewhere: it falls geometrically over the run, from γ to <em>gamma-decay</em>·γ. The
 * paper's values for CIFAR-10 are γ = 0.0001, divided by 10 after each 100 of 500 epochs, which is
 * a decay of 0.0001 over the run, and τ = 1e−8.
 *
 * <p>In the second-order form τ is compared with m/(√v + ε) instead of m, where v ← (1 − σ)·v +
 * σ·g² starts at 0 and ε = 1e−10: as Adam does, it counts gradients in units of their own size.
 *
 * <p>The averages are kept as float32 and computed in double precision. What is on no grid, as
 * weights of another run that training starts from, is first rounded to the nearer of ±s, sign(0) =
 * +1. NaN stays NaN.
 *
 * <p>Sources: Koen Helwegen, James Widdicombe, Lukas Geiger, Zechun Liu, Kwang-Ting Cheng, Roeland
 * Nusselder, <em>Latent Weights Do Not Exist: Rethinking Binarized Neural Network
 * Optimization</em>, NeurIPS 2019, algorithm 1; the second-order form Cuauhtemoc Daniel
 * Suarez-Ramirez, Miguel Gonzalez-Mendoza, Leonardo Chang, Gilberto Ochoa-Ruiz, Mario Alberto
 * Duran-Vega, <em>A Bop and Beyond: A Second Order Optimizer for Binarized Neural Networks</em>,
 * 2021, whose ε, and the absence of a bias correction by default, are those of its published code.
 *
 * <p>When to use it: to train with 1 bit and one float32 number for a weight, half of what
 * BinaryConnect needs with momentum; with Adam for all that is not quantized, as in the papers.
 * When not to use it: where weight decay or the learning rate are to act on the binary weights, as
 * neither reaches them; or where γ and τ cannot be tried out, which matter as a learning rate does.
 */
final class Bop implements Quantizer {
  private static final String AVERAGE = "average";
  private static final String SQUARES = "squares";
  private static final double EPSILON = 1e-10;

  private final Grid signs;
  private final double gamma;
  private final double gammaDecay;
  private final double threshold;
  private final double sigma;

  /**
   * Makes the quantizer.
   *
   * @param sigma σ of the second-order form; 0 for the first-order one
   */
  Bop(Grid signs, double gamma, double gammaDecay, double threshold, double sigma) {
    this.signs = signs;
    this.gamma = gamma;
    this.gammaDecay = gammaDecay;
    this.threshold = threshold;
    this.sigma = sigma;
  }

  @Override
  public boolean keepsLatentWeights() {
    return false;
  }

  @Override
  public boolean updatesWeights() {
    return true;
  }

  @Override
  public List<StateArray> stateArrays() {
    StateArray average = StateArray.kept(AVERAGE, StateArray.Extent.WEIGHTS);
    return isSecondOrder()
        ? List.of(average, StateArray.kept(SQUARES, StateArray.Extent.WEIGHTS))
        : List.of(average);
  }

  private boolean isSecondOrder() {
    return sigma > 0;
  }

  @Override
  public void initialize(INDArray weights, QuantizationContext context) {
    signs.draw(weights, context.random());
  }

  @Override
  public void gradient(INDArray weights, INDArray gradient, QuantizationContext context) {
    FloatBuffer gradients = Tensors.floats(gradient);
    FloatBuffer averages = Tensors.floats(context.state().values(AVERAGE));
    double rate = gamma * StrictMath.pow(gammaDecay, context.moment().progress());
    Chunks.run(
        gradients.capacity(),
        chunk -> {
          float[] own = chunk.load(0, gradients);
          float[] mean = chunk.load(1, averages);
          for (int index = 0; index < chunk.length(); index++) {
            mean[index] = (float) (mean[index] + rate * ((double) own[index] - mean[index]));
          }
          chunk.store(mean, averages);
        });
    if (isSecondOrder()) {
      averageSquares(gradients, Tensors.floats(context.state().values(SQUARES)));
    }
  }

  private void averageSquares(FloatBuffer gradients, FloatBuffer averages) {
    Chunks.run(
        gradients.capacity(),
        chunk -> {
          float[] own = chunk.load(0, gradients);
          float[] mean = chunk.load(1, averages);
          for (int index = 0; index < chunk.length(); index++) {
            double square = (double) own[index] * own[index];
            mean[index] = (float) (mean[index] + sigma * (square - mean[index]));
          }
          chunk.store(mean, averages);
        });
  }

  @Override
  public void afterUpdate(INDArray weights, QuantizationContext context) {
    signs.nearest(weights, weights);
    FloatBuffer values = Tensors.floats(weights);
    FloatBuffer averages = Tensors.floats(context.state().values(AVERAGE));
    double bound = threshold * signs.highest();
    if (isSecondOrder()) {
      FloatBuffer squares = Tensors.floats(context.state().values(SQUARES));
      Chunks.run(
          values.capacity(),
          chunk -> {
            float[] signals = chunk.load(0, averages);
            normalize(signals, chunk.load(1, squares), chunk.length());
            float[] flipped = chunk.load(2, values);
            flip(flipped, signals, chunk.length(), bound);
            chunk.store(flipped, values);
          });
      return;
    }
    Chunks.run(
        values.capacity(),
        chunk -> {
          float[] flipped = chunk.load(0, values);
          flip(flipped, chunk.load(1, averages), chunk.length(), bound);
          chunk.store(flipped, values);
        });
  }

  private static void normalize(float[] signals, float[] squares, int length) {
    for (int index = 0; index < length; index++) {
      signals[index] = (float) (signals[index] / (Math.sqrt(squares[index]) + EPSILON));
    }
  }

  /** Flips weights ±s whose signal has their sign and is longer than the bound, which is τ·s. */
  private static void flip(float[] weights, float[] signals, int length, double bound) {
    for (int index = 0; index < length; index++) {
      float weight = weights[index];
      boolean flips = (double) signals[index] * weight > bound;
      weights[index] = flips ? -weight : weight;
    }
  }

  /** Promises nothing: a weight on the grid flips when the method says so. */
  @Override
  public Set<QuantizerProperty> properties() {
    return Set.of();
  }

  @Override
  public float[] levels() {
    return signs.levels();
  }
}
