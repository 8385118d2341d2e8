package org.roundel.onednn.operation;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.roundel.onednn.operation.Requirements.requireLength;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.graph.ChannelScale;
import org.roundel.onednn.graph.Compiler;
import org.roundel.onednn.graph.FrozenValues;
import org.roundel.onednn.graph.InferenceCompiler;
import org.roundel.onednn.graph.Operation;
import org.roundel.onednn.graph.TrainingCompiler;
import org.roundel.onednn.kernel.SignedProduct;
import org.roundel.onednn.kernel.Weights;
import org.roundel.onednn.kernel.WeightsGradients;
import org.roundel.onednn.memory.Device;
import org.roundel.onednn.memory.Tensor;
import org.roundel.onednn.net.ConvolutionMethod;
import org.roundel.onednn.net.Shape;
import org.roundel.onednn.net.Slice;
import org.roundel.onednn.program.Call;
import org.roundel.onednn.program.Cut;
import org.roundel.onednn.program.Part.Pass;
import org.roundel.onednn.program.PostOperations;
import org.roundel.onednn.program.ProgramBuilder;

/**
 * A matrix product. An image is read as a row, channel by channel.
 *
 * @param name its name
 * @param input an image or a row
 * @param outputs the length of the output rows
 * @param weights [outputs, inputs]
 * @param bias [outputs], null for none
 */
public record Linear(String name, int input, long outputs, Slice weights, @Nullable Slice bias)
    implements Operation {
  /** Multiply-adds that one thread does in about the time that it takes to wake another. */
  private static final long MOST_ALONE = 1L << 21;

  @Override
  public String kind() {
    return "linear";
  }

  @Override
  public int[] inputs() {
    return new int[] {input};
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    requireLength(weights, outputs * inputs.get(0).size());
    requireLength(bias, outputs);
    return Shape.row(outputs);
  }

  @Override
  public boolean trained() {
    return true;
  }

  private Weights parameters(Compiler net) {
    Shape in = net.shape(input);
    return new Weights(
        name,
        weights,
        bias,
        in.row()
            ? List.of(outputs, in.channels())
            : List.of(outputs, in.channels(), in.height(), in.width()));
  }

  @Override
  public void train(int value, TrainingCompiler net) {
    Weights parameters = parameters(net);
    Tensor source = net.output(input);
    Tensor target = net.allocate(value);
    net.define(value, target);
    Cut cut = cut(net);
    net.program()
        .execute(
            name + " forward",
            cut,
            images ->
                forward(
                    net.program(),
                    parameters,
                    inTraining(net.program(), parameters, source, target),
                    source,
                    target,
                    new HashMap<>()));
    net.backward(
        value,
        () -> {
          ProgramBuilder program = net.program();
          Tensor gradient = net.gradient(value);
          program.within(
              Pass.WEIGHTS_GRADIENT,
              () -> weightsGradient(program, parameters, cut, source, gradient));
          if (net.trains(input)) {
            program.within(
                Pass.INPUT_GRADIENT, () -> inputGradient(net, parameters, cut, gradient));
          }
        });
  }

  private Cut cut(Compiler net) {
    return net.program().alone(net.batch() * weights.length() <= MOST_ALONE);
  }

  private static inner_product_forward.primitive_desc describe(
      ProgramBuilder program,
      int kind,
      Weights parameters,
      Tensor source,
      Tensor target,
      primitive_attr attributes) {
    return new inner_product_forward.primitive_desc(
        program.device().cpu(),
        kind,
        source.descriptor(),
        parameters.any(),
        parameters.biasDescriptor(),
        target.descriptor(),
        attributes,
        false);
  }

  private static inner_product_forward.primitive_desc inTraining(
      ProgramBuilder program, Weights parameters, Tensor source, Tensor target) {
    return describe(
        program, dnnl.dnnl_forward_training, parameters, source, target, Device.attributes());
  }

  private static Call forward(
      ProgramBuilder program,
      Weights parameters,
      inner_product_forward.primitive_desc description,
      Tensor source,
      Tensor target,
      Map<Integer, Tensor> arguments) {
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DST, target);
    parameters.read(program, description.weights_desc(), arguments);
    parameters.readBias(program, arguments);
    return new Call(description, new inner_product_forward(description), arguments);
  }

  private static void weightsGradient(
      ProgramBuilder program, Weights parameters, Cut cut, Tensor source, Tensor outputGradient) {
    WeightsGradients written = new WeightsGradients(program, parameters);
    program.execute(
        parameters.name() + " backward weights",
        cut,
        images -> {
          inner_product_backward_weights.primitive_desc description =
              new inner_product_backward_weights.primitive_desc(
                  program.device().cpu(),
                  source.descriptor(),
                  parameters.any(),
                  parameters.biasDescriptor(),
                  outputGradient.descriptor(),
                  inTraining(program, parameters, source, outputGradient),
                  Device.attributes(),
                  false);
          Map<Integer, Tensor> arguments = new HashMap<>();
          arguments.put(DNNL_ARG_SRC, source);
          arguments.put(DNNL_ARG_DIFF_DST, outputGradient);
          written.write(description.diff_weights_desc(), arguments);
          return new Call(description, new inner_product_backward_weights(description), arguments);
        });
    written.store();
  }

  private void inputGradient(
      TrainingCompiler net, Weights parameters, Cut cut, Tensor outputGradient) {
    ProgramBuilder program = net.program();
    Tensor inputGradient = program.allocate(net.output(input).descriptor());
    program.execute(
        name + " backward data",
        cut,
        images -> {
          inner_product_backward_data.primitive_desc description =
              new inner_product_backward_data.primitive_desc(
                  program.device().cpu(),
                  inputGradient.descriptor(),
                  parameters.any(),
                  outputGradient.descriptor(),
                  inTraining(program, parameters, inputGradient, outputGradient),
                  Device.attributes(),
                  false);
          Map<Integer, Tensor> arguments = new HashMap<>();
          arguments.put(DNNL_ARG_DIFF_DST, outputGradient);
          arguments.put(DNNL_ARG_DIFF_SRC, inputGradient);
          parameters.read(program, description.weights_desc(), arguments);
          return new Call(description, new inner_product_backward_data(description), arguments);
        });
    net.contribute(input, inputGradient);
  }

  @Override
  public boolean scalesItsOutput() {
    return true;
  }

  @Override
  public Operation freeze(FrozenValues values, @Nullable ChannelScale after) {
    return new Linear(
        name,
        input,
        outputs,
        FrozenWeights.weights(values, weights, after),
        FrozenWeights.bias(values, bias, after));
  }

  @Override
  public void infer(int value, InferenceCompiler net) {
    if (net.frozen() && net.batch() == 1 && inferSigned(value, net)) {
      return;
    }
    InferenceCompiler.Fused fused = net.fuse(value);
    Weights parameters = parameters(net);
    Tensor source = net.output(input);
    Tensor target = net.allocate(value);
    net.program()
        .execute(
            name + " forward",
            cut(net),
            images -> {
              Map<Integer, Tensor> arguments = new HashMap<>();
              inner_product_forward.primitive_desc description =
                  describe(
                      net.program(),
                      dnnl.dnnl_forward_inference,
                      parameters,
                      source,
                      target,
                      fused.after().attributes(images, arguments));
              return forward(net.program(), parameters, description, source, target, arguments);
            });
    net.define(fused, target);
  }

  /** Adds the step for one image where all weights of a row are of one size, if there is one. */
  private boolean inferSigned(int value, InferenceCompiler net) {
    SignedProduct product =
        SignedProduct.of(net.program(), parameters(net), net.output(input), net.shape(input));
    if (product == null || net.wishes().convolution() == ConvolutionMethod.DIRECT) {
      return false;
    }
    InferenceCompiler.Fused fused = net.fuse(value, PostOperations.ofSumAndRectifier());
    Tensor target = net.allocate(value);
    product.add(net.program(), target, fused.after());
    net.define(fused, target);
    return true;
  }
}
