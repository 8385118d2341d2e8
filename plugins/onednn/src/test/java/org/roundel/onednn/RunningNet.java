package org.roundel.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.CompiledNet.Result;
import org.roundel.onednn.graph.Graph;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Layout;
import org.roundel.onednn.program.Step;

/** A compiled net with its flat arrays, run on images and noise that are a function of a seed. */
public final class RunningNet implements AutoCloseable {
  /** What a training step gave, all of it. */
  public record Step(double loss, int wrong, List<Float> gradients, List<Float> values) {}

  private final Graph graph;
  private final float[] initial;
  private final FloatPointer values;
  private final FloatPointer gradients;
  private final CompiledNet net;

  public RunningNet(Graph graph, float[] initial, int batchSize, @Nullable Layout layout) {
    this(graph, initial, batchSize, Executions.direct(layout));
  }

  public RunningNet(Graph graph, float[] initial, int batchSize, Execution execution) {
    this.graph = graph;
    this.initial = initial;
    values = Arrays32.of(initial);
    gradients = Arrays32.zeros(initial.length);
    net = new CompiledNet(graph, values, gradients, batchSize, execution);
  }

  public CompiledNet net() {
    return net;
  }

  public int[] labels(int batch) {
    return Arrays32.labels(batch, (int) graph.shape(graph.output()).channels());
  }

  public float[] images(int batch) {
    return Arrays32.images(graph.shape(0), batch, batch);
  }

  /** Trains from the initial values. */
  public Step train(int batch) {
    values.put(initial);
    try (FloatPointer images = Arrays32.of(images(batch))) {
      Result result = net.train(images, labels(batch), Arrays32.noise(batch));
      return new Step(result.loss(), result.wrong(), boxed(gradients), boxed(values));
    }
  }

  /** Computes the loss in inference mode with the values as they are. */
  public Result evaluate(int batch) {
    try (FloatPointer images = Arrays32.of(images(batch))) {
      return net.evaluate(images, labels(batch));
    }
  }

  /** Trains once and returns the program's steps. */
  public List<StepTime> profile(int batch) {
    return profile(batch, List.of()).get(0);
  }

  /** Trains once, and once by each method, and returns the programs' steps. */
  List<List<StepTime>> profile(int batch, List<ConvolutionMethod> methods) {
    try (FloatPointer images = Arrays32.of(images(batch))) {
      return net.profile(images, labels(batch), Arrays32.noise(batch), 1, methods);
    }
  }

  private List<Float> boxed(FloatPointer pointer) {
    List<Float> numbers = new ArrayList<>();
    for (float number : Arrays32.read(pointer, initial.length)) {
      numbers.add(number);
    }
    return numbers;
  }

  @Override
  public void close() {
    net.close();
    values.close();
    gradients.close();
  }
}
