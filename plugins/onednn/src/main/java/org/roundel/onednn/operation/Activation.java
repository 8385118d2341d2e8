package org.roundel.onednn.operation;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.roundel.onednn.operation.Requirements.require;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.program.Call;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * A function of each number.
 *
 * @param name its name
 * @param input an image or a row
 * @param function the function
 * @param alpha its parameter, see there
 */
public record Activation(String name, int input, ActivationFunction function, float alpha)
    implements Operation {
  @Override
  public String kind() {
    return function.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    if (function == ActivationFunction.RELU || function == ActivationFunction.ELU) {
      // Their derivatives are computed from the output, which tells the input's sign only then.
      require(alpha >= 0, "its α is " + alpha + " and should be at least 0");
    }
    return inputs.get(0);
  }

  @Override
  public boolean rectifies() {
    return function == ActivationFunction.RELU && alpha == 0;
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    ProgramBuilder program = net.program();
    Tensor source = net.output(input);
    boolean fromOutput = function.derivableFromOutput();
    Tensor target =
        fromOutput && net.mayOverwrite(input, value)
            ? program.inPlaceOf(source, source.descriptor())
            : net.allocate(value);
    net.define(value, target);
    net.keep(value);
    int algorithm = function.trainingAlgorithm();
    forward(program, dnnl.dnnl_forward_training, algorithm, source, target);
    net.backward(
        value,
        () ->
            net.contribute(
                input, backward(net, net.gradient(value), fromOutput ? target : source)));
  }

  /**
   * Adds the step that takes a gradient back through the function.
   *
   * @param gradient of the output
   * @param known the output if the derivative can be computed from it, else the input
   * @return the gradient of the input
   */
  Tensor backward(TrainingCompiler net, Tensor gradient, Tensor known) {
    ProgramBuilder program = net.program();
    Tensor result = net.over(gradient, gradient.descriptor());
    int algorithm = function.trainingAlgorithm();
    program.execute(
        name + " backward",
        program.cut(result.count()),
        images ->
            backward(program, algorithm, images.of(gradient), images.of(known), images.of(result)));
    return result;
  }

  private Call backward(
      ProgramBuilder program, int algorithm, Tensor gradient, Tensor known, Tensor result) {
    eltwise_backward.primitive_desc description =
        new eltwise_backward.primitive_desc(
            program.device().cpu(),
            algorithm,
            result.descriptor(),
            gradient.descriptor(),
            known.descriptor(),
            alpha,
            describe(
                program,
                dnnl.dnnl_forward_training,
                algorithm,
                known.descriptor(),
                known.descriptor()),
            Device.attributes(),
            false);
    return new Call(
        description,
        new eltwise_backward(description),
        Map.of(
            function.derivableFromOutput() ? DNNL_ARG_DST : DNNL_ARG_SRC,
            known,
            DNNL_ARG_DIFF_DST,
            gradient,
            DNNL_ARG_DIFF_SRC,
            result));
  }

  private eltwise_forward.primitive_desc describe(
      ProgramBuilder program, int kind, int algorithm, memory.desc source, memory.desc target) {
    return new eltwise_forward.primitive_desc(
        program.device().cpu(), kind, algorithm, source, target, alpha, Device.attributes(), false);
  }

  private void forward(
      ProgramBuilder program, int kind, int algorithm, Tensor source, Tensor target) {
    program.execute(
        name + " forward",
        program.cut(target.count()),
        images -> {
          Tensor read = images.of(source);
          Tensor made = images.of(target);
          eltwise_forward.primitive_desc description =
              describe(program, kind, algorithm, read.descriptor(), made.descriptor());
          return new Call(
              description,
              new eltwise_forward(description),
              Map.of(DNNL_ARG_SRC, read, DNNL_ARG_DST, made));
        });
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    Tensor target = net.allocate(value);
    forward(
        net.program(),
        dnnl.dnnl_forward_inference,
        function.algorithm(),
        net.output(input),
        target);
    net.define(value, target);
  }

  @Override
  public boolean join(int read, InferenceCompiler net, PostOperations after) {
    return after.function(function.algorithm(), alpha);
  }
}
