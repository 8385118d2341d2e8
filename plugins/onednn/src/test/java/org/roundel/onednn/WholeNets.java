package org.roundel.onednn;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.roundel.onednn.net.Window;
import org.roundel.onednn.operation.ActivationFunction;
import org.roundel.onednn.operation.PoolingMethod;

/** Nets of many operations, by what is odd about them. */
final class WholeNets {
  private static final Window SAME = Window.square(3, 1, 1);
  private static final Window ONE = Window.square(1, 1, 0);

  private WholeNets() {}

  static Map<String, Consumer<SmallNet>> of(int c) {
    Map<String, Consumer<SmallNet>> nets = new TreeMap<>();
    nets.put(
        "convolutions",
        net ->
            net.convolution(c, Window.square(3, 2, 1), true)
                .convolution(
                    c,
                    new Window(new Window.Axis(2, 1, 1, 0, 1), new Window.Axis(3, 1, 2, 1, 1)),
                    false)
                .convolution(
                    c,
                    new Window(new Window.Axis(3, 1, 2, 1, 2), new Window.Axis(2, 2, 0, 2, 3)),
                    true)
                .convolution(c, ONE, false));
    nets.put(
        "residual blocks",
        net -> {
          int in = net.convolution(c, SAME, false).normalization(true).relu().last();
          int outer =
              net.convolution(2L * c, Window.square(3, 2, 1), false).normalization(true).last();
          int sum = net.from(in).shortcut(2, 2L * c).plus(outer).relu().last();
          int two = net.convolution(2L * c, ONE, true).last();
          int three = net.from(sum).normalization(false).last();
          int first = net.from(sum).plus(two).last();
          int left = net.plus(three).convolution(c, ONE, false).normalization(true).last();
          net.from(first).convolution(c, ONE, false).normalization(true).plus(left);
          net.shortcut(3, c + 1L).pooling(PoolingMethod.AVERAGE, null);
        });
    nets.put(
        "poolings",
        net -> {
          net.convolution(c, SAME, true).relu();
          net.pooling(PoolingMethod.MAXIMUM, Window.square(3, 1, 1));
          int in = net.convolution(c, ONE, false).last();
          int wide = net.pooling(PoolingMethod.AVERAGE, SAME).last();
          int narrow = net.from(in).pooling(PoolingMethod.AVERAGE_WITH_PADDING, SAME).last();
          net.from(in).pooling(PoolingMethod.MAXIMUM, SAME).plus(wide).plus(narrow);
          int last = net.convolution(c, ONE, false).last();
          int largest = net.pooling(PoolingMethod.MAXIMUM, null).last();
          net.from(last).pooling(PoolingMethod.AVERAGE, null).plus(largest);
        });
    nets.put(
        "mixed layouts",
        net -> {
          // Seven channels suit no block, so neighbours lie in different layouts.
          int odd = net.convolution(7, SAME, false).last();
          int plain = net.convolution(c, SAME, false).last();
          int blocked = net.from(0).convolution(c, SAME, false).last();
          int one = net.from(plain).plus(blocked).relu().last();
          int left = net.from(blocked).normalization(true).last();
          int other = net.from(plain).normalization(true).plus(left).last();
          int sum = net.from(one).convolution(c, SAME, false).plus(other).relu().last();
          int both = net.from(one).plus(sum).last();
          int past = net.from(odd).shortcut(1, Math.max(c, 7)).last();
          net.from(both).convolution(Math.max(c, 7), ONE, false).plus(past);
          net.pooling(PoolingMethod.MAXIMUM, Window.square(2, 2, 0)).convolution(7, ONE, true);
        });
    for (ActivationFunction function : ActivationFunction.values()) {
      nets.put(
          "shared " + function,
          net -> {
            int first = net.convolution(c, SAME, true).last();
            int second = net.normalization(true).last();
            int third = net.activation(function, 0.5f).plus(second).last();
            int fourth = net.from(first).activation(function, 0.5f).plus(first).last();
            int sum = net.from(third).plus(fourth).last();
            net.activation(function, 0.5f).plus(sum).activation(function, 0.5f);
            int seen = net.last();
            int row = net.activation(function, 0.5f).plus(seen).linear(4, true).last();
            net.activation(function, 0.5f).plus(row);
          });
    }
    return nets;
  }
}
