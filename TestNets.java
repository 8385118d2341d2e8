package org.roundel.onednn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.roundel.onednn.Operation.PoolingMethod;

/** Small nets that together have every kind of operation in every surrounding that matters. */
final class TestNets {
  static final int CLASSES = 3;

  private TestNets() {}

  /**
   * Returns nets by name.
   *
   * @param c the number of channels that most images have; blocked layouts need multiples of 16
   */
  static Map<String, Graph> all(long c) {
    Map<String, Graph> nets = new LinkedHashMap<>();
    nets.put("convolutions", convolutions(c));
    nets.put("wide images", wideImages(c));
    nets.put("normalizations", normalizations(c));
    nets.put("normalized rows", normalizedRows(c));
    nets.put("sums", sums(c));
    nets.put("three readers", threeReaders(c));
    nets.put("shortcuts", shortcuts(c));
    nets.put("poolings", poolings(c));
    nets.put("dropouts", dropouts(c));
    nets.put("mixed layouts", mixedLayouts(c));
    for (ActivationFunction function : ActivationFunction.values()) {
      nets.put("only " + function, onlyReader(function, 0.7f, c));
      nets.put("shared " + function, sharedReader(function, 1, c));
      nets.put("last " + function, lastOperation(function, 1.5f, c));
    }
    nets.put("plain rectifiers", onlyReader(ActivationFunction.RELU, 0, c));
    nets.put("shared plain rectifiers", sharedReader(ActivationFunction.RELU, 0, c));
    nets.put("last plain rectifier", lastOperation(ActivationFunction.RELU, 0, c));
    nets.put("last rectified sum", lastRectifiedSum());
    return nets;
  }

  /** Bias, stride 2 on odd sizes, dilation, asymmetric padding, kernels of all shapes. */
  private static Graph convolutions(long c) {
    NetBuilder net = new NetBuilder(3, 9, 7);
    int last = net.convolution(0, c, Window.square(3, 2, 1), true);
    last = net.convolution(last, c, new Window(2, 3, 1, 1, 1, 2, 0, 1, 1, 1), false);
    last = net.convolution(last, c, new Window(3, 2, 1, 2, 2, 0, 1, 2, 2, 3), true);
    last = net.convolution(last, c, 1);
    net.linear(last, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  /** Images of more channels than a block, read by two convolutions, and a padding cut short. */
  private static Graph wideImages(long c) {
    NetBuilder net = new NetBuilder(c, 6, 6);
    int left = net.convolution(0, c, new Window(3, 3, 2, 2, 1, 1, 0, 0, 1, 1), false);
    int right = net.convolution(0, c, new Window(1, 1, 2, 2, 0, 0, -1, -1, 1, 1), true);
    net.linear(net.add(left, right), CLASSES, false);
    return net.build(Loss.SQUARED_HINGE);
  }

  private static Graph normalizations(long c) {
    NetBuilder net = new NetBuilder(1, 5, 4);
    int last = net.normalization(0, true);
    last = net.convolution(last, c, 3);
    last = net.rectifier(net.normalization(last, true));
    last = net.convolution(last, c, 3);
    last = net.normalization(last, false);
    last = net.convolution(last, c, 1);
    last = net.rectifier(net.normalization(last, false));
    last = net.convolution(last, c, 3);
    last = net.normalization(last, true);
    net.linear(last, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  private static Graph normalizedRows(long c) {
    NetBuilder net = new NetBuilder(2, 3, 4);
    int last = net.linear(0, c, false);
    last = net.rectifier(net.normalization(last, true));
    last = net.linear(last, c + 1, false);
    last = net.normalization(last, false);
    last = net.linear(last, c, false);
    last = net.rectifier(net.normalization(last, false));
    last = net.linear(last, CLASSES, false);
    net.normalization(last, true);
    return net.build(Loss.SQUARED_HINGE);
  }

  /** Sums of different values, of a value with itself, rectified or not, of rows. */
  private static Graph sums(long c) {
    NetBuilder net = new NetBuilder(2, 5, 3);
    int left = net.convolution(0, c, 3);
    int right = net.normalization(net.convolution(0, c, 1), true);
    int last = net.add(left, right);
    last = net.add(last, last);
    last = net.rectifier(net.add(last, net.convolution(last, c, 1)));
    last = net.rectifier(net.add(last, last));
    int row = net.linear(last, 4, true);
    row = net.add(row, net.linear(net.rectifier(row), 4, false));
    net.linear(row, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  /** Values that three operations read, as in a chain of residual blocks. */
  private static Graph threeReaders(long c) {
    NetBuilder net = new NetBuilder(3, 4, 5);
    int in = net.rectifier(net.normalization(net.convolution(0, c, 3), true));
    int one = net.normalization(net.convolution(in, c, 3), true);
    int two = net.convolution(in, c, 1);
    int sum = net.rectifier(net.add(one, in));
    int first = net.add(sum, two);
    int second = net.convolution(sum, c, 1);
    int third = net.normalization(sum, false);
    int last = net.add(net.add(first, second), third);
    // A sum whose gradient is shared by two normalisations.
    int left = net.normalization(net.convolution(last, c, 1), true);
    int right = net.normalization(net.convolution(last, c, 1), true);
    last = net.globalPooling(net.add(left, right), PoolingMethod.AVERAGE);
    net.linear(last, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  private static Graph shortcuts(long c) {
    NetBuilder net = new NetBuilder(3, 7, 5);
    int last = net.convolution(0, c, 3);
    last = net.add(net.convolution(last, 2 * c, 1), net.shortcut(last, 1, 2 * c));
    int strided =
        net.normalization(net.convolution(last, 2 * c, Window.square(3, 2, 1), false), true);
    last = net.rectifier(net.add(strided, net.shortcut(last, 2, 2 * c)));
    int inner = net.convolution(last, 3 * c, Window.square(3, 3, 1), false);
    last = net.rectifier(net.add(net.shortcut(last, 3, 3 * c), inner));
    // A shortcut that nothing is added to.
    last = net.shortcut(last, 1, 3 * c);
    net.linear(last, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  private static Graph poolings(long c) {
    NetBuilder net = new NetBuilder(2, 11, 9);
    int first = net.convolution(0, c, 3);
    int last = net.pooling(net.rectifier(first), PoolingMethod.MAXIMUM, Window.square(3, 2, 1));
    last = net.convolution(last, c, 1);
    int wide = net.pooling(last, PoolingMethod.AVERAGE, Window.square(3, 1, 1));
    int narrow = net.pooling(last, PoolingMethod.AVERAGE_WITH_PADDING, Window.square(3, 1, 1));
    int most = net.pooling(last, PoolingMethod.MAXIMUM, Window.square(3, 1, 1));
    last = net.add(net.add(wide, narrow), most);
    last =
        net.pooling(last, PoolingMethod.AVERAGE, new Window(3, 2, 1, 2, 1, 0, 0, 1, 1, 1));
    last = net.convolution(last, c, 1);
    int mean = net.globalPooling(last, PoolingMethod.AVERAGE);
    int largest = net.globalPooling(last, PoolingMethod.MAXIMUM);
    net.linear(net.add(mean, largest), CLASSES, false);
    return net.build(Loss.SQUARED_HINGE);
  }

  private static Graph dropouts(long c) {
    NetBuilder net = new NetBuilder(2, 5, 3);
    int last = net.rectifier(net.convolution(0, c, 3));
    last = net.globalPooling(last, PoolingMethod.AVERAGE_WITH_PADDING);
    last = net.dropout(last, 0.7f);
    last = net.dropout(net.rectifier(net.linear(last, 2 * c, true)), 0.6f);
    int kept = net.dropout(last, 1);
    last = net.add(net.dropout(last, 0.5f), kept);
    net.linear(last, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  /** Five channels suit no block, so that neighbours lie in different layouts. */
  private static Graph mixedLayouts(long c) {
    NetBuilder net = new NetBuilder(3, 6, 5);
    int odd = net.convolution(0, 5, 3);
    int plain = net.convolution(odd, c, 3);
    int blocked = net.convolution(0, c, 3);
    int one = net.rectifier(net.add(plain, blocked));
    int other = net.add(net.normalization(blocked, true), net.normalization(plain, true));
    int sum = net.add(net.convolution(one, c, 3), other);
    int both = net.add(one, net.rectifier(sum));
    int shortcut = net.add(net.shortcut(odd, 1, c), net.convolution(both, c, 1));
    int pooled = net.pooling(shortcut, PoolingMethod.MAXIMUM, Window.square(2, 2, 0));
    int narrow = net.convolution(pooled, 5, 1);
    net.linear(narrow, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  /** A function behind each kind of operation, each value read once. */
  private static Graph onlyReader(ActivationFunction function, float alpha, long c) {
    NetBuilder net = new NetBuilder(1, 5, 4);
    int last = net.activation(net.convolution(0, c, 3), function, alpha);
    last = net.activation(net.normalization(last, true), function, alpha);
    last = net.activation(net.add(last, net.convolution(last, c, 1)), function, alpha);
    last = net.pooling(last, PoolingMethod.AVERAGE, Window.square(2, 1, 0));
    last = net.activation(last, function, alpha);
    last = net.activation(last, function, alpha);
    last = net.activation(net.linear(last, 5, true), function, alpha);
    net.linear(last, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  /** A function of values that others read as well. */
  private static Graph sharedReader(ActivationFunction function, float alpha, long c) {
    NetBuilder net = new NetBuilder(1, 4, 5);
    int first = net.convolution(0, c, 3);
    int second = net.normalization(first, true);
    int third = net.add(first, net.activation(first, function, alpha));
    int fourth = net.add(second, net.activation(second, function, alpha));
    int sum = net.add(third, fourth);
    int last = net.add(net.activation(sum, function, alpha), sum);
    int seen = net.activation(last, function, alpha);
    last = net.add(net.activation(seen, function, alpha), seen);
    int row = net.linear(last, 4, true);
    row = net.add(row, net.activation(row, function, alpha));
    net.linear(row, CLASSES, true);
    return net.build(Loss.SQUARED_HINGE);
  }

  private static Graph lastOperation(ActivationFunction function, float alpha, long c) {
    NetBuilder net = new NetBuilder(1, 3, 4);
    int last = net.linear(net.convolution(0, c, 3), CLASSES, true);
    net.activation(last, function, alpha);
    return net.build(Loss.SQUARED_HINGE);
  }

  private static Graph lastRectifiedSum() {
    NetBuilder net = new NetBuilder(1, 3, 4);
    net.rectifier(net.add(net.linear(0, CLASSES, true), net.linear(0, CLASSES, false)));
    return net.build(Loss.SQUARED_HINGE);
  }

  /** Wide enough for weights' gradients as a matrix product, in the plan that chooses freely. */
  static Graph matrixProduct() {
    NetBuilder net = new NetBuilder(3, 8, 8);
    int last = net.rectifier(net.normalization(net.convolution(0, 128, 1), true));
    last = net.rectifier(net.normalization(net.convolution(last, 128, 3), true));
    last = net.globalPooling(last, PoolingMethod.AVERAGE);
    net.linear(last, CLASSES, true);
    return net.build(Loss.SOFTMAX_CROSS_ENTROPY);
  }

  /** Returns every layout, and null for the plan that chooses. */
  static Layout[] layouts() {
    return Arrays.copyOf(Layout.values(), Layout.values().length + 1);
  }
}
