package org.roundel.onednn.operation;

import static org.roundel.onednn.operation.Requirements.require;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.NoiseSource;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * Inverted dropout: in training each number is kept with a probability and divided by it, else 0;
 * in inference nothing happens.
 *
 * @param name its name
 * @param input an image or a row
 * @param keep the probability of being kept, above 0, at most 1
 */
public record Dropout(String name, int input, float keep) implements Operation {
  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    require(keep > 0 && keep <= 1, "it keeps " + keep);
    return inputs.get(0);
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    ProgramBuilder program = net.program();
    Tensor source = net.output(input);
    // Drawn in the order of images and channels, so that the layout does not decide what is kept.
    Tensor drawn = program.allocate(net.plain(value));
    program.compute(name + " mask", () -> draw(net.input().noise(), value, drawn.floats()), drawn);
    Tensor mask = program.in(source.descriptor(), drawn, name + " mask layout");
    Tensor target = program.allocate(source.descriptor());
    net.define(value, target);
    program.binary(name + " forward", dnnl.dnnl_binary_mul, source, mask, target);
    net.backward(
        value,
        () -> {
          Tensor result = program.allocate(source.descriptor());
          program.binary(
              name + " backward", dnnl.dnnl_binary_mul, net.gradient(value), mask, result);
          net.contribute(input, result);
        });
  }

  private void draw(NoiseSource noise, int stream, FloatBuffer numbers) {
    float scale = 1 / keep;
    noise.uniform(stream, numbers);
    for (int index = 0; index < numbers.limit(); index++) {
      numbers.put(index, numbers.get(index) < keep ? scale : 0);
    }
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    net.define(value, net.output(input));
  }
}
