package org.roundel.onednn.operation;

import static org.roundel.onednn.operation.Requirements.require;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * The sum of two values of the same shape. In training it computes the plain rectifier behind it by
 * the way.
 *
 * @param name its name
 * @param left a value
 * @param right a value
 */
public record Add(String name, int left, int right) implements Operation {
  @Override
  public String kind() {
    return "add";
  }

  @Override
  public int[] inputs() {
    return new int[] {left, right};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Shape in = inputs.get(0);
    require(in.equals(inputs.get(1)), "it adds " + in + " and " + inputs.get(1));
    return in;
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    ProgramBuilder program = net.program();
    Tensor first = net.output(left);
    Tensor second = net.output(right, net.home(value));
    Tensor target;
    if (net.mayOverwrite(left, value)) {
      target = program.inPlaceOf(first, first.descriptor());
    } else if (net.mayOverwrite(right, value)) {
      target = program.inPlaceOf(second, second.descriptor());
      // Writing over the second argument is not allowed, over the first it is; a sum commutes.
      Tensor swapped = first;
      first = second;
      second = swapped;
    } else {
      target = net.allocate(value);
    }
    net.define(value, target);
    PostOperations after = new PostOperations();
    int rectifier = net.rectifier(value);
    if (rectifier > 0) {
      after.function(ActivationFunction.RELU.algorithm(), 0);
      net.define(rectifier, target);
      net.keep(value);
      net.keep(rectifier);
    }
    program.binary(name + " forward", dnnl.dnnl_binary_add, first, second, target, after);
    net.backward(
        value,
        () -> {
          if (rectifier > 0) {
            Activation relu = new Activation(name + " relu", value, ActivationFunction.RELU, 0);
            net.contribute(value, relu.backward(net, net.gradient(rectifier), target));
          }
          backward(value, net);
        });
  }

  private void backward(int value, TrainingCompiler net) {
    Tensor gradient = net.gradient(value);
    if (net.trains(left) && net.trains(right)) {
      net.share(gradient);
    }
    for (int side : inputs()) {
      if (net.trains(side)) {
        net.contribute(side, net.in(net.home(side), side, gradient));
      }
    }
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    Tensor first = net.output(left);
    Tensor second = net.output(right, net.home(value));
    Tensor target = net.allocate(value);
    net.program().binary(name + " forward", dnnl.dnnl_binary_add, first, second, target);
    net.define(value, target);
  }

  @Override
  public boolean join(int read, InferenceCompiler net, PostOperations after) {
    int other = left == read ? right : left;
    if (!net.defined(other)) {
      return false;
    }
    return after.binary(dnnl.dnnl_binary_add, net.output(other, net.home(read)));
  }
}
