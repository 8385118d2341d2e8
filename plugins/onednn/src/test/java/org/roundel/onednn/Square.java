package org.roundel.onednn;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.program.PostOperations;

/**
 * x² of each number: an operation that the rooms do not know, in one file. Its kernels are loops in
 * Java; in inference it joins a primitive before it.
 *
 * @param name its name
 * @param input an image or a row
 */
record Square(String name, int input) implements Operation, DoubleNet.Defined {
  @Override
  public String kind() {
    return "square";
  }

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public double apply(double x) {
    return x * x;
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    Tensor source = net.output(input);
    Tensor target = net.allocate(value);
    net.define(value, target);
    net.program().compute(name + " forward", () -> square(source, target), source, target);
    net.backward(
        value,
        () -> {
          Tensor gradient = net.gradient(value);
          Tensor result = net.over(gradient, source.descriptor());
          net.program()
              .compute(
                  name + " backward",
                  () -> doubleProduct(source, gradient, result),
                  source,
                  gradient,
                  result);
          net.contribute(input, result);
        });
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    Tensor source = net.output(input);
    Tensor target = net.allocate(value);
    net.program().compute(name + " forward", () -> square(source, target), source, target);
    net.define(value, target);
  }

  @Override
  public boolean join(int read, InferenceCompiler net, PostOperations after) {
    after.function(dnnl.dnnl_eltwise_square, 0);
    return true;
  }

  private static void square(Tensor source, Tensor target) {
    FloatBuffer numbers = source.floats();
    for (int index = 0; index < numbers.limit(); index++) {
      target.floats().put(index, numbers.get(index) * numbers.get(index));
    }
  }

  private static void doubleProduct(Tensor source, Tensor gradient, Tensor result) {
    FloatBuffer numbers = source.floats();
    for (int index = 0; index < numbers.limit(); index++) {
      result.floats().put(index, 2 * numbers.get(index) * gradient.floats().get(index));
    }
  }
}
