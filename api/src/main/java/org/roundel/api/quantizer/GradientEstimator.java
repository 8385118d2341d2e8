package org.roundel.api.quantizer;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.Chunk;
import org.roundel.api.Chunks;
import org.roundel.api.Option;
import org.roundel.api.Options;
import org.roundel.api.Tensors;

/**
 * What a method with latent weights takes for the derivative of w̃ = s·sign(w), which has none.
 *
 * <p>Each form is the derivative of a function f that stands for the sign, at x = w/s: that of
 * s·f(w/s) with respect to w is f′(x). So a latent weight counts in units of the values ±s that the
 * net computes with, whatever its layer's size. p is the share of the run.
 *
 * <pre>
 *   straight-through   f′(x) = 1
 *   clipped            f′(x) = 1 where |x| ≤ 1, else 0;         f(x) = clip(x, −1, 1)
 *   ede                f′(x) = k·t·(1 − tanh²(t·x));            f(x) = k·tanh(t·x)
 *                      t = 0.1·100^p, k = max(1/t, 1)
 *   reste              f′(x) = |x|^(1/o − 1)/o where |x| &gt; m;   f(x) = sign(x)·|x|^(1/o)
 *                      o = 1 + 2·(1 − cos(π·p/2))
 *                      m^(1/o − 1) where |x| ≤ m = 0.1, the slope of f's chord from 0 to m
 *                      0 where |x| &gt; 1.5
 * </pre>
 *
 * <p>EDE begins as nearly straight through, is clipped in its middle, and ends at tanh(10x), where
 * only weights near 0 move. ReSTE begins as straight through within its bounds, and favours weights
 * near 0 more and more, up to |x|^(1/3); below m its derivative, which is infinite at 0, is
 * bounded.
 *
 * <p>Sources: the clipped form Itay Hubara, Matthieu Courbariaux, Daniel Soudry, Ran El-Yaniv,
 * Yoshua Bengio, <em>Binarized Neural Networks</em>, 2016; EDE Haotong Qin, Ruihao Gong, Xianglong
 * Liu, Mingzhu Shen, Ziran Wei, Fengwei Yu, Jingkuan Song, <em>Forward and Backward Information
 * Retention for Accurate Binary Neural Networks</em> (IR-Net), 2020, whose weights have their mean
 * taken off and are divided by their deviation first; ReSTE Xiao-Ming Wu, Dian Zheng, Zu-Hao Liu,
 * Wei-Shi Zheng, <em>Estimator Meets Equilibrium Perspective: A Rectified Straight Through
 * Estimator for Binary Neural Networks Training</em>, 2023, with the bounds, the last exponent 3
 * and its way there of the published code, which takes weights as they are. Neither counts in units
 * of s, as both have their scale outside of the derivative.
 */
public enum GradientEstimator {
  /** The gradient passes unchanged. */
  STRAIGHT_THROUGH,
  /** It passes where |x| ≤ 1. */
  CLIPPED,
  /** Error decay estimator: a hyperbolic tangent that comes nearer to the sign. */
  EDE,
  /** Rectified straight-through estimator: a power that comes nearer to the sign. */
  RESTE;

  /** The option by which a user chooses; a quantizer of signs declares it. */
  public static final Option<String> OPTION =
      Option.choice(
          "estimator",
          "straight-through",
          List.of("straight-through", "clipped", "ede", "reste"),
          "what stands for the derivative of the sign; ede and reste come closer to the sign over"
              + " the run");

  private static final double RESTE_LEAST = 0.1;
  private static final double RESTE_MOST = 1.5;
  private static final double RESTE_LAST_EXPONENT = 3;

  /** Returns what a user's options say. */
  public static GradientEstimator of(Options options) {
    return valueOf(options.get(OPTION).toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Multiplies each gradient with respect to w̃ by f′(w/s), in one pass on several threads; the
   * same bytes on every machine. An infinite latent weight has the gradient 0, and NaN gives NaN or
   * 0, unless the gradient passes unchanged.
   *
   * @param latent read: w; float32, dense, c order
   * @param gradient read and written, same shape
   * @param scale s, greater than 0
   * @param progress p, from 0 to 1, as {@link org.roundel.api.training.Moment#progress}
   */
  public void apply(INDArray latent, INDArray gradient, double scale, double progress) {
    if (this == STRAIGHT_THROUGH) {
      return;
    }
    FloatBuffer weights = Tensors.floats(latent);
    FloatBuffer gradients = Tensors.floats(gradient);
    double parameter =
        switch (this) {
          case EDE -> 0.1 * StrictMath.pow(100, progress);
          case RESTE ->
              1 + (RESTE_LAST_EXPONENT - 1) * (1 - StrictMath.cos(Math.PI / 2 * progress));
          default -> 0;
        };
    Chunks.run(
        weights.capacity(),
        chunk -> {
          float[] shaped = chunk.load(0, gradients);
          double[] sizes = sizes(chunk, weights, scale);
          shape(shaped, sizes, chunk.length(), parameter);
          chunk.store(shaped, gradients);
        });
  }

  /** Returns |w|/s of a chunk's weights. */
  private static double[] sizes(Chunk chunk, FloatBuffer weights, double scale) {
    float[] values = chunk.load(1, weights);
    double[] sizes = chunk.doubles(0);
    for (int index = 0; index < chunk.length(); index++) {
      sizes[index] = Math.abs(values[index]) / scale;
    }
    return sizes;
  }

  private void shape(float[] gradients, double[] sizes, int length, double parameter) {
    switch (this) {
      case CLIPPED -> clip(gradients, sizes, length);
      case EDE -> shapeEde(gradients, sizes, length, parameter);
      default -> shapeReste(gradients, sizes, length, parameter);
    }
  }

  private static void clip(float[] gradients, double[] sizes, int length) {
    for (int index = 0; index < length; index++) {
      gradients[index] = sizes[index] <= 1 ? gradients[index] : 0;
    }
  }

  private static void shapeEde(float[] gradients, double[] sizes, int length, double t) {
    double height = Math.max(1 / t, 1) * t;
    for (int index = 0; index < length; index++) {
      // 1 − tanh²(y) = 4·e^(−2y)/(1 + e^(−2y))², without the difference of numbers near 1.
      double power = StrictMath.exp(-2 * t * sizes[index]);
      double derivative = height * 4 * power / ((1 + power) * (1 + power));
      gradients[index] = (float) (gradients[index] * derivative);
    }
  }

  private static void shapeReste(float[] gradients, double[] sizes, int length, double o) {
    double power = 1 / o - 1;
    double near = StrictMath.pow(RESTE_LEAST, power);
    for (int index = 0; index < length; index++) {
      double size = sizes[index];
      double derivative = 0;
      if (size <= RESTE_LEAST) {
        derivative = near;
      } else if (size <= RESTE_MOST) {
        derivative = StrictMath.pow(size, power) / o;
      }
      gradients[index] = (float) (gradients[index] * derivative);
    }
  }
}
