package org.roundel.kit.exporter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Add;
import org.roundel.api.net.BatchNormalization;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.Operation;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.Window.Axis;
import org.roundel.api.net.ZeroPaddedShortcut;

/**
 * The scores of a net by its definition, in double precision and slowly: what the scores of an
 * exported file are compared with.
 */
public final class ReferenceScores {
  private final ShippedNet net;
  private final List<double[]> values = new ArrayList<>();

  private ReferenceScores(ShippedNet net) {
    this.net = net;
  }

  /**
   * Computes the scores of one image.
   *
   * @param image what the net sees, after {@link org.roundel.api.net.PixelScaling}, in the order
   *     channel, row, column
   * @return as many as there are classes
   */
  public static double[] of(ShippedNet net, float[] image) {
    return new ReferenceScores(net).scores(image);
  }

  private double[] scores(float[] image) {
    double[] first = new double[image.length];
    Arrays.setAll(first, element -> image[element]);
    values.add(first);
    for (Operation operation : net.graph().operations()) {
      values.add(value(operation));
    }
    return values.get(net.graph().output());
  }

  private double[] value(Operation operation) {
    int input = operation.inputs().get(0);
    double[] in = values.get(input);
    ValueShape inShape = net.graph().shape(input);
    ValueShape outShape = net.graph().shape(values.size());
    double[] out = new double[outShape.size()];
    int plane = outShape.height() * outShape.width();
    if (operation instanceof Convolution convolution) {
      convolve(convolution, in, inShape, out, outShape);
    } else if (operation instanceof Linear linear) {
      NetArray weights = net.array(linear.weights());
      for (int row = 0; row < out.length; row++) {
        out[row] = linear.bias() == null ? 0 : net.array(linear.bias()).value(row);
        for (int column = 0; column < in.length; column++) {
          out[row] += weights.value(row * in.length + column) * in[column];
        }
      }
    } else if (operation instanceof BatchNormalization normalization) {
      for (int element = 0; element < out.length; element++) {
        out[element] = normalize(normalization, in[element], element / plane);
      }
    } else if (operation instanceof ScaleShift scaleShift) {
      NetArray scale = net.array(scaleShift.scale());
      NetArray shift = net.array(scaleShift.shift());
      Arrays.setAll(
          out,
          element -> in[element] * scale.value(element / plane) + shift.value(element / plane));
    } else if (operation instanceof Activation activation) {
      Arrays.setAll(out, element -> activate(activation, in[element]));
    } else if (operation instanceof Pooling pooling) {
      pool(pooling, in, inShape, out, outShape);
    } else if (operation instanceof Add add) {
      double[] right = values.get(add.right());
      Arrays.setAll(out, element -> in[element] + right[element]);
    } else if (operation instanceof ZeroPaddedShortcut shortcut) {
      for (int element = 0; element < plane * inShape.channels(); element++) {
        int row = element % plane / outShape.width() * shortcut.stride();
        int column = element % outShape.width() * shortcut.stride();
        out[element] = in[(element / plane * inShape.height() + row) * inShape.width() + column];
      }
    } else {
      throw new IllegalArgumentException("no definition of " + operation.kind());
    }
    return out;
  }

  private void convolve(
      Convolution convolution, double[] in, ValueShape inShape, double[] out, ValueShape shape) {
    NetArray weights = net.array(convolution.weights());
    int kernel = weights.length() / (shape.channels() * inShape.channels());
    for (int element = 0; element < out.length; element++) {
      int filter = element / (shape.height() * shape.width());
      double sum = convolution.bias() == null ? 0 : net.array(convolution.bias()).value(filter);
      for (int channel = 0; channel < inShape.channels(); channel++) {
        int first = (filter * inShape.channels() + channel) * kernel;
        double[] seen = seen(convolution.window(), in, inShape, channel, shape, element);
        for (int tap = 0; tap < kernel; tap++) {
          sum += Double.isNaN(seen[tap]) ? 0 : weights.value(first + tap) * seen[tap];
        }
      }
      out[element] = sum;
    }
  }

  private static void pool(
      Pooling pooling, double[] in, ValueShape inShape, double[] out, ValueShape shape) {
    for (int element = 0; element < out.length; element++) {
      int channel = element / (shape.height() * shape.width());
      double[] seen = seen(pooling.window(), in, inShape, channel, shape, element);
      double[] inside = Arrays.stream(seen).filter(pixel -> !Double.isNaN(pixel)).toArray();
      out[element] =
          switch (pooling.method()) {
            case MAXIMUM -> Arrays.stream(inside).max().orElse(Double.NaN);
            case AVERAGE -> Arrays.stream(inside).sum() / inside.length;
            case AVERAGE_WITH_PADDING -> Arrays.stream(inside).sum() / seen.length;
          };
    }
  }

  /** Returns the pixels that a window sees of a channel for an output element; NaN is padding. */
  private static double[] seen(
      Window window, double[] in, ValueShape inShape, int channel, ValueShape shape, int element) {
    Axis rows = window.rows();
    Axis columns = window.columns();
    int top = element / shape.width() % shape.height() * rows.stride() - rows.before();
    int left = element % shape.width() * columns.stride() - columns.before();
    double[] seen = new double[rows.kernel() * columns.kernel()];
    for (int tap = 0; tap < seen.length; tap++) {
      int row = top + tap / columns.kernel() * rows.dilation();
      int column = left + tap % columns.kernel() * columns.dilation();
      boolean inside =
          row >= 0 && row < inShape.height() && column >= 0 && column < inShape.width();
      seen[tap] =
          inside ? in[(channel * inShape.height() + row) * inShape.width() + column] : Double.NaN;
    }
    return seen;
  }

  private double normalize(BatchNormalization normalization, double value, int channel) {
    BatchNormalization.Affine affine = normalization.affine();
    double scale = affine == null ? 1 : net.array(affine.scale()).value(channel);
    double shift = affine == null ? 0 : net.array(affine.shift()).value(channel);
    double variance = (double) net.array(normalization.variance()).value(channel);
    double mean = net.array(normalization.mean()).value(channel);
    return (value - mean) / Math.sqrt(variance + normalization.epsilon()) * scale + shift;
  }

  private static double activate(Activation activation, double x) {
    double alpha = activation.alpha();
    return switch (activation.function()) {
      case RELU -> Math.max(x, 0) + alpha * Math.min(x, 0);
      case ELU -> x > 0 ? x : alpha * Math.expm1(x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SOFTPLUS -> Math.log1p(Math.exp(alpha * x)) / alpha;
      case SWISH -> x / (1 + Math.exp(-alpha * x));
    };
  }
}
