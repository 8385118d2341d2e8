package org.roundel.c;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.roundel.api.net.Activation;
import org.roundel.api.net.Activation.Function;
import org.roundel.api.net.Add;
import org.roundel.api.net.Convolution;
import org.roundel.api.net.Levels;
import org.roundel.api.net.Linear;
import org.roundel.api.net.NetArray;
import org.roundel.api.net.NetGraph;
import org.roundel.api.net.NetOrigin;
import org.roundel.api.net.Operation;
import org.roundel.api.net.PixelScaling;
import org.roundel.api.net.Pooling;
import org.roundel.api.net.ScaleShift;
import org.roundel.api.net.ShippedNet;
import org.roundel.api.net.ValueShape;
import org.roundel.api.net.Window;
import org.roundel.api.net.Window.Axis;
import org.roundel.api.net.ZeroPaddedShortcut;

/** Nets that are hard on a format whose values share places and whose weights are packed. */
final class OddNets {
  private OddNets() {}

  /** Windows that differ down and across the image, and at its two ends; two levels, 0 and 1. */
  static ShippedNet lopsided() {
    Window window = new Window(new Axis(3, 2, 1, 0, 1), new Axis(2, 1, 0, 1, 3));
    Window cut = new Window(new Axis(2, 1, 1, -2, 1), new Axis(3, 3, 2, -1, 1));
    Window far = new Window(new Axis(2, 2, 4, 4, 2), new Axis(1, 1, 3, 0, 1));
    return net(
        ValueShape.image(3, 25, 31),
        Map.of("conv/weight", Levels.of(0, 1), "cut/weight", Levels.of(-0.3f, 0.2f)),
        new Convolution("conv", 0, 5, window, "conv/weight", "conv/bias"),
        new Pooling("maximum", 1, Pooling.Method.MAXIMUM, cut),
        new Pooling("average", 2, Pooling.Method.AVERAGE, window),
        new Convolution("far", 3, 2, far, "far/weight", "far/bias"),
        new Convolution("cut", 4, 5, cut, "cut/weight", null),
        new Linear("linear", 5, 5, "linear/weight", null));
  }

  /** Every kind of levels one after the other, over pixels that are left as they are. */
  static ShippedNet grids() {
    Map<String, Levels> levels = new LinkedHashMap<>();
    List<Operation> operations = new ArrayList<>();
    for (Levels each :
        List.of(
            Levels.of(-1, 1),
            Levels.of(0.1f),
            Levels.scaled(new int[] {-1, 1}, 3, 0.1f, 0.7f, 0, 1e-8f, 3),
            Levels.scaled(new int[] {-1, 0, 1}, 1, 0.1f),
            Levels.scaled(new int[] {-3, -1, 1, 3}, 3, 0.1f, 0.7f, 0, 1e-8f, 3),
            Levels.scaled(numbers(-7, 7), 7, 0.3f),
            Levels.scaled(numbers(-128, 127), 127, 0.1f, 0.7f, 0.3f, 1e-8f, 3),
            Levels.of(-3.3f, -0.1f, 0.2f, 0.30001f, 5, 6, 7, 8, 9))) {
      String name = "conv" + operations.size();
      levels.put(name, each);
      operations.add(
          new Convolution(name, operations.size(), 5, Window.square(3, 1, 1), name, null));
    }
    for (Levels each : List.of(Levels.of(-1, 1), Levels.scaled(numbers(-2, 2), 2, 1, 2, 3, 4, 5))) {
      String name = "linear" + operations.size();
      levels.put(name, each);
      operations.add(new Linear(name, operations.size(), 5, name, name + "/bias"));
    }
    return net(ValueShape.image(3, 5, 4), levels, operations.toArray(Operation[]::new));
  }

  /** Values that are read late, twice or never, sums of any order, and scores by an activation. */
  static ShippedNet sharing() {
    Window same = Window.square(3, 1, 1);
    return net(
        ValueShape.image(2, 6, 5),
        Map.of(),
        new Activation("first", 0, Function.SWISH, 1.5f),
        new Activation("again", 0, Function.ELU, 1),
        new Add("both", 2, 1),
        new Convolution("conv", 3, 2, same, "shared", "bias"),
        new Add("twice", 4, 4),
        new Activation("never", 1, Function.TANH, 0),
        new Convolution("more", 5, 2, same, "shared", null),
        new Add("old", 1, 7),
        new ZeroPaddedShortcut("same", 8, 1, 4),
        new ZeroPaddedShortcut("strided", 9, 3, 5),
        new Activation("leaky", 10, Function.RELU, 0.1f),
        new ScaleShift("scaled", 11, "scale", "shift"),
        new Add("late", 11, 12),
        new Linear("linear", 13, 5, "linear/weight", "linear/bias"),
        new Activation("scores", 14, Function.SOFTPLUS, 3));
  }

  /** A matrix alone: nothing lies in the workspace. */
  static ShippedNet linear() {
    return net(
        ValueShape.image(1, 2, 2), Map.of(), new Linear("linear", 0, 5, "linear/weight", null));
  }

  private static int[] numbers(int least, int largest) {
    int[] numbers = new int[largest - least + 1];
    Arrays.setAll(numbers, index -> least + index);
    return numbers;
  }

  static ShippedNet net(ValueShape images, Map<String, Levels> levels, Operation... operations) {
    NetGraph graph = new NetGraph(images, List.of(operations), true);
    Map<String, NetArray> arrays = new LinkedHashMap<>();
    Random random = new Random(3);
    graph
        .arrays()
        .forEach(
            (name, shape) -> {
              int length = shape.stream().reduce(1, Math::multiplyExact);
              Levels own = levels.get(name);
              char[] indices = new char[length];
              float[] values = new float[length];
              for (int element = 0; element < length; element++) {
                indices[element] = (char) (own == null ? 0 : random.nextInt(own.count()));
                values[element] = random.nextFloat() - 0.5f;
              }
              arrays.put(
                  name,
                  own == null
                      ? NetArray.floats(shape, values)
                      : NetArray.quantized(shape, own, indices));
            });
    Set<String> quantized = new TreeSet<>(levels.keySet());
    return new ShippedNet(
        graph,
        arrays,
        quantized,
        new PixelScaling(
            List.of(120.5, 110.0, 100.0).subList(0, images.channels()),
            List.of(60.0, 61.0, 62.0).subList(0, images.channels())),
        List.of("a", "b", "c", "d", "e"),
        new NetOrigin("odd", "test", "all", "test", new NetOrigin.Checkpoint("run", "step", "00")));
  }
}
