package org.roundel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Loss;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.net.Wishes;
import org.roundel.onednn.operation.ActivationFunction;
import org.roundel.onednn.operation.PoolingMethod;

/** Compiled programs of each operation, alone and beside others, by {@link GradientCheck}. */
class CompiledNetTest {
  private static final Shape IMAGES = Shape.image(3, 6, 5);
  private static final int CLASSES = 3;
  private static final Window SAME = Window.square(3, 1, 1);

  static Map<String, Consumer<SmallNet>> middles(int channels) {
    Map<String, Consumer<SmallNet>> all = new TreeMap<>();
    all.put("convolution", net -> net.convolution(channels, SAME, false));
    all.put(
        "biased strided convolution",
        net -> net.convolution(channels, Window.square(3, 2, 1), true));
    all.put(
        "dilated convolution, padded on one side",
        net ->
            net.convolution(
                channels,
                new Window(new Window.Axis(2, 1, 2, 1, 2), new Window.Axis(3, 2, 1, 0, 1)),
                true));
    all.put(
        "convolution that leaves rows out",
        net ->
            net.convolution(
                channels,
                new Window(new Window.Axis(3, 2, 0, -1, 1), new Window.Axis(2, 2, 0, -1, 1)),
                false));
    all.put("normalization", net -> net.normalization(true));
    all.put("normalization without scale", net -> net.normalization(false));
    all.put("normalization and relu", net -> net.normalization(true).relu());
    all.put(
        "normalization before a convolution",
        net -> net.normalization(true).convolution(channels, SAME, false));
    all.put(
        "normalization without scale and relu before a convolution",
        net -> net.normalization(false).relu().convolution(channels, SAME, false));
    all.put(
        "normalization and relu before two convolutions",
        net -> {
          int in = net.normalization(true).relu().last();
          int one = net.convolution(channels, SAME, false).normalization(true).last();
          net.from(in).convolution(channels, SAME, false).plus(one);
        });
    all.put(
        "normalization and relu before a convolution and a sum",
        net -> {
          int in = net.normalization(true).relu().last();
          net.convolution(channels, SAME, false).plus(in);
        });
    all.put(
        "normalization and relu before convolutions of two strides",
        net -> {
          int in = net.normalization(true).relu().last();
          int one = net.convolution(channels, Window.square(3, 2, 1), false).last();
          net.from(in)
              .convolution(channels, SAME, false)
              .pooling(PoolingMethod.AVERAGE, Window.square(2, 2, 0));
          net.linear(4, false);
          int other = net.last();
          net.from(one).linear(4, false).plus(other);
        });
    all.put(
        "normalization with two readers",
        net -> {
          int norm = net.normalization(true).last();
          net.relu().plus(norm);
        });
    for (ActivationFunction function : ActivationFunction.values()) {
      float alpha =
          switch (function) {
            case RELU -> 0.25f;
            case ELU -> 0.5f;
            default -> 1;
          };
      all.put("activation " + function, net -> net.activation(function, alpha));
      all.put(
          "two activations " + function,
          net -> net.activation(function, alpha).activation(ActivationFunction.TANH, 0));
    }
    all.put("plain relu", SmallNet::relu);
    all.put(
        "residual sum and relu",
        net -> {
          int in = net.last();
          net.convolution(channels, SAME, false).normalization(true).plus(in).relu();
        });
    all.put("sum with itself", net -> net.plus(net.last()));
    all.put("sum with itself and relu", net -> net.plus(net.last()).relu());
    all.put(
        "three summands",
        net -> {
          int in = net.last();
          int one = net.convolution(channels, SAME, false).last();
          net.from(in).activation(ActivationFunction.TANH, 0).plus(one).plus(in);
        });
    all.put(
        "three readers",
        net -> {
          int in = net.last();
          int one = net.convolution(channels, SAME, true).relu().last();
          int other = net.from(in).normalization(true).last();
          net.from(in).activation(ActivationFunction.SIGMOID, 0).plus(one).plus(other).relu();
        });
    all.put(
        "convolution shortcut",
        net -> {
          int in = net.last();
          int one =
              net.convolution(channels, Window.square(3, 2, 1), false).normalization(true).last();
          net.from(in)
              .convolution(channels, Window.square(1, 2, 0), false)
              .normalization(true)
              .plus(one)
              .relu();
        });
    all.put("zero-padded shortcut", net -> net.shortcut(2, 2L * channels));
    all.put("zero-padded shortcut of stride 1", net -> net.shortcut(1, channels + 8L));
    all.put(
        "zero-padded shortcut in a sum",
        net -> {
          int in = net.last();
          int one =
              net.convolution(2L * channels, Window.square(3, 2, 1), false)
                  .normalization(true)
                  .last();
          net.from(in).shortcut(2, 2L * channels).plus(one).relu();
        });
    for (PoolingMethod method : PoolingMethod.values()) {
      all.put("pooling " + method, net -> net.pooling(method, Window.square(2, 2, 0)));
      all.put("padded pooling " + method, net -> net.pooling(method, Window.square(3, 2, 1)));
      all.put(
          "lopsided pooling " + method,
          net ->
              net.pooling(
                  method,
                  new Window(new Window.Axis(2, 1, 0, 1, 1), new Window.Axis(3, 2, 1, 1, 1))));
      all.put("global pooling " + method, net -> net.pooling(method, null));
    }
    all.put("dropout", net -> net.dropout(0.7f));
    all.put(
        "dropout beside its input",
        net -> {
          int in = net.last();
          net.dropout(0.7f).plus(in);
        });
    all.put("linear", net -> net.linear(8, true).relu());
    all.put("linear without bias", net -> net.linear(8, false));
    all.put("normalized rows", net -> net.linear(8, false).normalization(true).relu());
    all.put("linear rows with dropout", net -> net.linear(8, true).dropout(0.5f).linear(6, false));
    all.put(
        "sum of rows",
        net -> {
          int in = net.linear(8, false).last();
          net.activation(ActivationFunction.TANH, 0).plus(in).relu();
        });
    return all;
  }

  static List<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    for (int channels : new int[] {3, 16}) {
      for (String name : middles(channels).keySet()) {
        cases.add(Arguments.of(name, channels));
      }
    }
    return cases;
  }

  @ParameterizedTest(name = "{0}, {1} channels")
  @MethodSource("cases")
  void behindAConvolution(String name, int channels) {
    SmallNet net = new SmallNet(IMAGES).convolution(channels, SAME, false);
    middles(channels).get(name).accept(net);
    net.linear(CLASSES, true);
    GradientCheck.check(net, net.build(Loss.SOFTMAX_CROSS_ENTROPY));
  }

  static Map<String, Window> windows() {
    return new TreeMap<>(
        Map.of(
            "of the same size",
            SAME,
            "strided",
            Window.square(3, 2, 1),
            "dilated, padded on one side",
            new Window(new Window.Axis(2, 1, 2, 1, 2), new Window.Axis(3, 2, 1, 0, 1)),
            "that leave rows out",
            new Window(new Window.Axis(3, 2, 0, -1, 1), new Window.Axis(2, 2, 0, -1, 1))));
  }

  static List<Arguments> productsOfMatrices() {
    List<Arguments> cases = new ArrayList<>();
    windows()
        .forEach(
            (name, window) -> {
              cases.add(Arguments.of(name, window, Shape.image(3, 2, 2)));
              cases.add(Arguments.of(name, window, Shape.image(3, 4, 3)));
            });
    return cases.stream()
        .filter(one -> ((Window) one.get()[1]).fits((Shape) one.get()[2]))
        .toList();
  }

  @ParameterizedTest(name = "{0}, of {2}")
  @MethodSource("productsOfMatrices")
  void smallImagesOfManyChannels(String name, Window window, Shape images) {
    SmallNet net = new SmallNet(images).convolution(128, Window.square(1, 1, 0), false).relu();
    net.convolution(256, window, false).relu().linear(CLASSES, true);
    float[] direct = gradients(net, images, ConvolutionMethod.DIRECT);
    float[] found = gradients(net, images, ConvolutionMethod.AUTO);
    double largest = 0;
    for (float gradient : direct) {
      largest = Math.max(largest, Math.abs(gradient));
    }
    // AssertJ's own comparison of two arrays takes a hundred times as long.
    double off = 0;
    for (int index = 0; index < direct.length; index++) {
      off = Math.max(off, Math.abs((double) direct[index] - found[index]));
    }
    assertThat(off).isLessThanOrEqualTo(1e-5 * largest);
  }

  private static float[] gradients(SmallNet net, Shape images, ConvolutionMethod method) {
    int batch = 5;
    try (FloatPointer values = Arrays32.of(net.values(5));
        FloatPointer gradients = Arrays32.zeros(net.length());
        FloatPointer pixels = Arrays32.of(Arrays32.images(images, batch, 1));
        CompiledNet compiled =
            new CompiledNet(
                net.build(Loss.SOFTMAX_CROSS_ENTROPY),
                values,
                gradients,
                batch,
                Executions.of(new Wishes(null, method)))) {
      compiled.train(pixels, Arrays32.labels(batch, CLASSES), Arrays32.noise(1));
      return Arrays32.read(gradients, net.length());
    }
  }

  static List<Arguments> shortNets() {
    Map<String, Consumer<SmallNet>> all = new TreeMap<>();
    all.put("nothing but a linear operation", net -> net.linear(CLASSES, true));
    all.put("normalized images", net -> net.normalization(true).linear(CLASSES, true));
    all.put("whitened images", net -> net.normalization(false).linear(CLASSES, true));
    all.put("rectified images", net -> net.relu().linear(CLASSES, true));
    all.put(
        "pooled images",
        net -> net.pooling(PoolingMethod.AVERAGE, Window.square(2, 2, 0)).linear(CLASSES, true));
    all.put(
        "dropped pixels",
        net -> net.dropout(0.8f).convolution(16, SAME, true).linear(CLASSES, true));
    all.put(
        "images added to themselves",
        net -> net.plus(0).convolution(16, SAME, true).linear(CLASSES, true));
    all.put(
        "images beside a convolution",
        net -> net.convolution(3, SAME, true).plus(0).relu().linear(CLASSES, true));
    all.put("widened images", net -> net.shortcut(1, 16).linear(CLASSES, true));
    for (ActivationFunction function : ActivationFunction.values()) {
      all.put("scores from " + function, net -> net.linear(CLASSES, true).activation(function, 1));
    }
    all.put("scores from relu", net -> net.linear(CLASSES, true).relu());
    all.put("normalized scores", net -> net.linear(CLASSES, true).normalization(true));
    all.put(
        "normalized and rectified scores",
        net -> net.linear(CLASSES, true).normalization(true).relu());
    all.put("dropped scores", net -> net.linear(CLASSES, true).dropout(0.5f));
    all.put(
        "sum of scores",
        net -> {
          int one = net.linear(CLASSES, true).last();
          net.from(0).linear(CLASSES, false).plus(one);
        });
    all.put(
        "rectified sum of scores",
        net -> {
          int one = net.linear(CLASSES, true).last();
          net.from(0).linear(CLASSES, false).plus(one).relu();
        });
    List<Arguments> cases = new ArrayList<>();
    all.forEach(
        (name, net) -> {
          for (Loss loss : Loss.values()) {
            cases.add(Arguments.of(name, net, loss));
          }
        });
    return cases;
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("shortNets")
  void whole(String name, Consumer<SmallNet> middle, Loss loss) {
    SmallNet net = new SmallNet(IMAGES);
    middle.accept(net);
    GradientCheck.check(net, net.build(loss));
  }
}
