package org.roundel.onednn;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.net.NoiseSource;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.operation.Activation;
import org.roundel.onednn.operation.ActivationFunction;
import org.roundel.onednn.operation.Add;
import org.roundel.onednn.operation.BatchNormalization;
import org.roundel.onednn.operation.Convolution;
import org.roundel.onednn.operation.Dropout;
import org.roundel.onednn.operation.Linear;
import org.roundel.onednn.operation.Pooling;
import org.roundel.onednn.operation.ZeroPaddedShortcut;

/**
 * A graph's forward pass in double precision, written from the definitions of the {@link
 * Operation}s as plain loops over [image, channel, row, column]. It shares no code with the
 * programs.
 */
final class DoubleNet {
  /** An operation of the tests that says itself what it means, number by number. */
  interface Defined {
    double apply(double x);
  }

  private final Graph graph;
  private final double[] values;
  private double[] running;

  /**
   * Makes a net.
   *
   * @param values the flat array of values; read at each pass
   */
  DoubleNet(Graph graph, double[] values) {
    this.graph = graph;
    this.values = values;
    this.running = values.clone();
  }

  /** Returns the flat array of values with the running statistics that training has moved. */
  double[] afterTraining() {
    return running;
  }

  double train(float[] images, int[] labels, NoiseSource noise) {
    running = values.clone();
    return loss(images, labels, noise);
  }

  double evaluate(float[] images, int[] labels) {
    return loss(images, labels, null);
  }

  private double loss(float[] images, int[] labels, @Nullable NoiseSource noise) {
    return DoubleLoss.mean(graph.loss(), scores(images, labels.length, noise), labels);
  }

  /**
   * Returns the scores, [batch, classes].
   *
   * @param noise for dropout in training; null for inference
   */
  double[] scores(float[] images, int batch, @Nullable NoiseSource noise) {
    double[][] outputs = new double[graph.output() + 1][];
    outputs[0] = new double[images.length];
    for (int index = 0; index < images.length; index++) {
      outputs[0][index] = images[index];
    }
    for (int value = 1; value <= graph.output(); value++) {
      Operation operation = graph.operations().get(value - 1);
      Shape from = graph.shape(operation.inputs()[0]);
      Shape to = graph.shape(value);
      double[] in = outputs[operation.inputs()[0]];
      double[] out = new double[Math.toIntExact(batch * to.size())];
      if (operation instanceof Defined defined) {
        for (int index = 0; index < out.length; index++) {
          out[index] = defined.apply(in[index]);
        }
      } else if (operation instanceof Convolution convolution) {
        convolution(convolution, batch, from, to, in, out);
      } else if (operation instanceof BatchNormalization normalization) {
        normalization(normalization, batch, from, in, out, noise != null);
      } else if (operation instanceof Activation activation) {
        for (int index = 0; index < out.length; index++) {
          out[index] = apply(activation.function(), activation.alpha(), in[index]);
        }
      } else if (operation instanceof Add add) {
        for (int index = 0; index < out.length; index++) {
          out[index] = in[index] + outputs[add.right()][index];
        }
      } else if (operation instanceof ZeroPaddedShortcut shortcut) {
        shortcut(shortcut, batch, from, to, in, out);
      } else if (operation instanceof Pooling pooling) {
        pooling(pooling, batch, from, to, in, out);
      } else if (operation instanceof Linear linear) {
        linear(linear, batch, in, out);
      } else if (operation instanceof Dropout dropout) {
        dropout(dropout, value, in, out, noise);
      }
      outputs[value] = out;
    }
    return outputs[graph.output()];
  }

  private static int at(Shape shape, long image, long channel, long row, long column) {
    return Math.toIntExact(
        ((image * shape.channels() + channel) * shape.height() + row) * shape.width() + column);
  }

  private double value(Slice slice, long index) {
    return values[Math.toIntExact(slice.offset() + index)];
  }

  private void convolution(
      Convolution convolution, int batch, Shape from, Shape to, double[] in, double[] out) {
    Window window = convolution.window();
    for (long image = 0; image < batch; image++) {
      for (long channel = 0; channel < to.channels(); channel++) {
        for (long row = 0; row < to.height(); row++) {
          for (long column = 0; column < to.width(); column++) {
            Slice bias = convolution.bias();
            double sum = bias == null ? 0 : value(bias, channel);
            for (long source = 0; source < from.channels(); source++) {
              for (long i = 0; i < window.rows().kernel(); i++) {
                for (long j = 0; j < window.columns().kernel(); j++) {
                  long y =
                      row * window.rows().stride()
                          + i * window.rows().dilation()
                          - window.rows().before();
                  long x =
                      column * window.columns().stride()
                          + j * window.columns().dilation()
                          - window.columns().before();
                  if (y >= 0 && y < from.height() && x >= 0 && x < from.width()) {
                    long weight =
                        ((channel * from.channels() + source) * window.rows().kernel() + i)
                                * window.columns().kernel()
                            + j;
                    sum += value(convolution.weights(), weight) * in[at(from, image, source, y, x)];
                  }
                }
              }
            }
            out[at(to, image, channel, row, column)] = sum;
          }
        }
      }
    }
  }

  private void normalization(
      BatchNormalization normalization,
      int batch,
      Shape shape,
      double[] in,
      double[] out,
      boolean training) {
    long pixels = shape.height() * shape.width();
    for (long channel = 0; channel < shape.channels(); channel++) {
      double mean = value(normalization.running().mean(), channel);
      double variance = value(normalization.running().variance(), channel);
      if (training) {
        double sum = 0;
        double squares = 0;
        for (long image = 0; image < batch; image++) {
          for (long pixel = 0; pixel < pixels; pixel++) {
            sum += in[at(shape, image, channel, 0, pixel)];
          }
        }
        double own = sum / (batch * pixels);
        for (long image = 0; image < batch; image++) {
          for (long pixel = 0; pixel < pixels; pixel++) {
            double difference = in[at(shape, image, channel, 0, pixel)] - own;
            squares += difference * difference;
          }
        }
        double spread = squares / (batch * pixels);
        double decay = normalization.running().decay();
        running[Math.toIntExact(normalization.running().mean().offset() + channel)] =
            decay * mean + (1 - decay) * own;
        running[Math.toIntExact(normalization.running().variance().offset() + channel)] =
            decay * variance + (1 - decay) * squares / (batch * pixels - 1);
        mean = own;
        variance = spread;
      }
      BatchNormalization.Affine affine = normalization.affine();
      double slope = affine == null ? 1 : value(affine.scale(), channel);
      double start = affine == null ? 0 : value(affine.shift(), channel);
      double deviation = Math.sqrt(variance + normalization.epsilon());
      for (long image = 0; image < batch; image++) {
        for (long pixel = 0; pixel < pixels; pixel++) {
          int index = at(shape, image, channel, 0, pixel);
          out[index] = (in[index] - mean) / deviation * slope + start;
        }
      }
    }
  }

  private static double apply(ActivationFunction function, double alpha, double x) {
    return switch (function) {
      case RELU -> x > 0 ? x : alpha * x;
      case ELU -> x > 0 ? x : alpha * Math.expm1(x);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SOFTPLUS -> Math.log1p(Math.exp(alpha * x)) / alpha;
      case SWISH -> x / (1 + Math.exp(-alpha * x));
    };
  }

  private static void shortcut(
      ZeroPaddedShortcut shortcut, int batch, Shape from, Shape to, double[] in, double[] out) {
    for (long image = 0; image < batch; image++) {
      for (long channel = 0; channel < from.channels(); channel++) {
        for (long row = 0; row < to.height(); row++) {
          for (long column = 0; column < to.width(); column++) {
            out[at(to, image, channel, row, column)] =
                in[at(from, image, channel, row * shortcut.stride(), column * shortcut.stride())];
          }
        }
      }
    }
  }

  private static void pooling(
      Pooling pooling, int batch, Shape from, Shape to, double[] in, double[] out) {
    Window window = pooling.window();
    for (long image = 0; image < batch; image++) {
      for (long channel = 0; channel < to.channels(); channel++) {
        for (long row = 0; row < to.height(); row++) {
          for (long column = 0; column < to.width(); column++) {
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int inside = 0;
            for (long i = 0; i < window.rows().kernel(); i++) {
              for (long j = 0; j < window.columns().kernel(); j++) {
                long y =
                    row * window.rows().stride()
                        + i * window.rows().dilation()
                        - window.rows().before();
                long x =
                    column * window.columns().stride()
                        + j * window.columns().dilation()
                        - window.columns().before();
                if (y >= 0 && y < from.height() && x >= 0 && x < from.width()) {
                  double number = in[at(from, image, channel, y, x)];
                  largest = Math.max(largest, number);
                  sum += number;
                  inside++;
                }
              }
            }
            double whole = (double) window.rows().kernel() * window.columns().kernel();
            out[at(to, image, channel, row, column)] =
                switch (pooling.method()) {
                  case MAXIMUM -> largest;
                  case AVERAGE -> sum / inside;
                  case AVERAGE_WITH_PADDING -> sum / whole;
                };
          }
        }
      }
    }
  }

  private void linear(Linear linear, int batch, double[] in, double[] out) {
    int inputs = in.length / batch;
    int rows = Math.toIntExact(linear.outputs());
    for (int image = 0; image < batch; image++) {
      for (int row = 0; row < rows; row++) {
        Slice bias = linear.bias();
        double sum = bias == null ? 0 : value(bias, row);
        for (int input = 0; input < inputs; input++) {
          sum += value(linear.weights(), (long) row * inputs + input) * in[image * inputs + input];
        }
        out[image * rows + row] = sum;
      }
    }
  }

  private static void dropout(
      Dropout dropout, int stream, double[] in, double[] out, @Nullable NoiseSource noise) {
    if (noise == null) {
      System.arraycopy(in, 0, out, 0, in.length);
      return;
    }
    FloatBuffer numbers = FloatBuffer.allocate(in.length);
    noise.uniform(stream, numbers);
    for (int index = 0; index < in.length; index++) {
      out[index] = numbers.get(index) < dropout.keep() ? in[index] / dropout.keep() : 0;
    }
  }
}
