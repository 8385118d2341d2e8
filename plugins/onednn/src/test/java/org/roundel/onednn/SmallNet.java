package org.roundel.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.net.Loss;
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
import org.roundel.onednn.operation.PoolingMethod;
import org.roundel.onednn.operation.ZeroPaddedShortcut;

/** Writes a small graph and lays its tensors one behind the other in the flat arrays. */
public final class SmallNet {
  private final Graph.Builder graph;
  private final List<Slice> trained = new ArrayList<>();
  private final List<Slice> running = new ArrayList<>();
  private final List<Slice> variances = new ArrayList<>();
  private long length;
  private int last;
  private int names;

  public SmallNet(Shape images) {
    graph = Graph.builder(images);
  }

  public int last() {
    return last;
  }

  public long length() {
    return length;
  }

  /** Returns where the next tensor begins. */
  Slice nextSlice() {
    return new Slice(length, 1);
  }

  /** Returns the tensors that have gradients. */
  public List<Slice> trained() {
    return trained;
  }

  /** Returns the running statistics. */
  public List<Slice> running() {
    return running;
  }

  public SmallNet from(int value) {
    last = value;
    return this;
  }

  public SmallNet convolution(long channels, Window window, boolean bias) {
    return convolution(channels, window, bias, convolution -> convolution);
  }

  /** Adds what is made of a convolution. */
  public SmallNet convolution(
      long channels, Window window, boolean bias, Function<Convolution, Operation> made) {
    long weights =
        channels * shape().channels() * window.rows().kernel() * window.columns().kernel();
    return add(
        made.apply(
            new Convolution(
                name("conv"),
                last,
                channels,
                window,
                tensor(trained, weights),
                bias ? tensor(trained, channels) : null)));
  }

  public SmallNet normalization(boolean scaled) {
    long channels = shape().channels();
    BatchNormalization.Affine affine =
        scaled
            ? new BatchNormalization.Affine(tensor(trained, channels), tensor(trained, channels))
            : null;
    Slice mean = tensor(running, channels);
    Slice variance = tensor(running, channels);
    variances.add(variance);
    return add(
        new BatchNormalization(
            name("norm"),
            last,
            affine,
            new BatchNormalization.Running(mean, variance, 0.75f),
            1e-3f));
  }

  public SmallNet activation(ActivationFunction function, float alpha) {
    return add(new Activation(name("activation"), last, function, alpha));
  }

  public SmallNet relu() {
    return activation(ActivationFunction.RELU, 0);
  }

  public SmallNet plus(int other) {
    return add(new Add(name("add"), last, other));
  }

  public SmallNet shortcut(long stride, long channels) {
    return add(new ZeroPaddedShortcut(name("shortcut"), last, stride, channels));
  }

  public SmallNet pooling(PoolingMethod method, @Nullable Window window) {
    return add(
        new Pooling(name("pool"), last, method, window == null ? Window.whole(shape()) : window));
  }

  public SmallNet dropout(float keep) {
    return add(new Dropout(name("drop"), last, keep));
  }

  public SmallNet linear(long outputs, boolean bias) {
    return add(
        new Linear(
            name("linear"),
            last,
            outputs,
            tensor(trained, outputs * shape().size()),
            bias ? tensor(trained, outputs) : null));
  }

  /** Adds an operation that is made of its name and its input. */
  public SmallNet then(BiFunction<String, Integer, Operation> operation) {
    return add(operation.apply(name("operation"), last));
  }

  public Graph build(Loss loss) {
    return graph.build(loss);
  }

  public Graph build() {
    return graph.build();
  }

  /** Returns normal numbers of deviation 1/2; variances are between 1/2 and 1. */
  public float[] values(long seed) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(length)];
    for (int index = 0; index < values.length; index++) {
      values[index] = (float) (0.5 * random.nextGaussian());
    }
    for (Slice slice : variances) {
      for (long index = slice.offset(); index < slice.offset() + slice.length(); index++) {
        values[Math.toIntExact(index)] = 0.5f + random.nextFloat() / 2;
      }
    }
    return values;
  }

  private Shape shape() {
    return graph.shape(last);
  }

  private SmallNet add(Operation operation) {
    last = graph.add(operation);
    return this;
  }

  private String name(String kind) {
    names++;
    return kind + names;
  }

  private Slice tensor(List<Slice> list, long size) {
    Slice slice = new Slice(length, size);
    length += size;
    list.add(slice);
    return slice;
  }
}
