package org.roundel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.roundel.onednn.Operation.Activation;
import org.roundel.onednn.Operation.Add;
import org.roundel.onednn.Operation.BatchNormalization;
import org.roundel.onednn.Operation.Convolution;
import org.roundel.onednn.Operation.Dropout;
import org.roundel.onednn.Operation.Linear;
import org.roundel.onednn.Operation.Pooling;
import org.roundel.onednn.Operation.ZeroPaddedShortcut;

/**
 * Compiles a net for inference. A convolution or linear operation takes the operations behind it
 * with it as long as each has a single reader: batch normalisation as a scale and a shift of each
 * channel, the sum with a value that is there already, activations.
 */
final class InferenceCompiler extends Compiler {
  private final BatchInput input;

  InferenceCompiler(
      Graph graph, long batch, LayoutPlan layouts, ProgramBuilder program, BatchInput input) {
    super(graph, batch, layouts, program);
    this.input = input;
  }

  Program compile() {
    forwardAll();
    Tensor scores = output(graph.output());
    // The slopes are not used, so they may take the scores' place.
    loss(input, scores, scores);
    return build();
  }

  @Override
  void forward(int value) {
    Operation operation = graph.producer(value);
    if (operation instanceof Convolution convolution) {
      convolution(value, convolution);
    } else if (operation instanceof Linear linear) {
      linear(value, linear);
    } else if (operation instanceof BatchNormalization normalization) {
      normalization(value, normalization);
    } else if (operation instanceof Activation activation) {
      activation(value, activation);
    } else if (operation instanceof Add add) {
      sum(value, add);
    } else if (operation instanceof ZeroPaddedShortcut shortcut) {
      shortcut(value, shortcut);
    } else if (operation instanceof Pooling pooling) {
      pooling(value, pooling);
    } else if (operation instanceof Dropout dropout) {
      outputs[value] = output(dropout.input());
    }
  }

  /** What a convolution or linear operation does to its result before it is written. */
  private final class Fused {
    private final post_ops operations = new post_ops();
    private final Map<Integer, Tensor> arguments = new HashMap<>();
    private int count;
    private int last;

    /**
     * Collects the operations behind a value.
     *
     * @param value what the operation itself makes
     */
    Fused(int value) {
      last = value;
      while (extend()) {}
    }

    /** Returns the number of the value that the fused operations make. */
    int value() {
      return last;
    }

    Map<Integer, Tensor> arguments() {
      return arguments;
    }

    primitive_attr attributes() {
      primitive_attr attributes = Device.attributes();
      attributes.set_post_ops(operations);
      return attributes;
    }

    private boolean extend() {
      int consumer = onlyConsumer(last);
      Operation operation = consumer < 0 ? null : graph.producer(consumer);
      if (operation instanceof BatchNormalization normalization) {
        scaleAndShift(normalization);
      } else if (operation instanceof Activation activation) {
        operations.append_eltwise(activation.function().algorithm(), activation.alpha(), 0);
        count++;
      } else if (operation instanceof Add add
          && outputs[add.left() == last ? add.right() : add.left()] != null) {
        int other = add.left() == last ? add.right() : add.left();
        binary(dnnl.dnnl_binary_add, output(other, layouts.home(last)));
      } else {
        return false;
      }
      last = consumer;
      return true;
    }

    private void binary(int algorithm, Tensor operand) {
      operations.append_binary(algorithm, operand.descriptor());
      arguments.put((DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE * (count + 1)) | DNNL_ARG_SRC_1, operand);
      count++;
    }

    private void scaleAndShift(BatchNormalization normalization) {
      Shape shape = graph.shape(normalization.input());
      memory.desc channels =
          shape.row()
              ? Device.describe(memory.format_tag.ab, 1, shape.channels())
              : Device.describe(memory.format_tag.abcd, 1, shape.channels(), 1, 1);
      Tensor factor = program.allocate(channels);
      Tensor offset = program.allocate(channels);
      Tensor mean = program.value(normalization.mean(), vector(shape.channels()));
      Tensor variance = program.value(normalization.variance(), vector(shape.channels()));
      Tensor scale = optional(normalization.scale());
      Tensor shift = optional(normalization.shift());
      program.compute(
          normalization.name() + " scale and shift",
          () ->
              fold(
                  normalization.epsilon(),
                  mean.floats(),
                  variance.floats(),
                  scale == null ? null : scale.floats(),
                  shift == null ? null : shift.floats(),
                  factor.floats(),
                  offset.floats()),
          factor,
          offset);
      binary(dnnl.dnnl_binary_mul, factor);
      binary(dnnl.dnnl_binary_add, offset);
    }
  }

  private @Nullable Tensor optional(@Nullable Slice slice) {
    return slice == null ? null : program.value(slice, vector(slice.length()));
  }

  private static void fold(
      float epsilon,
      FloatBuffer mean,
      FloatBuffer variance,
      @Nullable FloatBuffer scale,
      @Nullable FloatBuffer shift,
      FloatBuffer factor,
      FloatBuffer offset) {
    for (int channel = 0; channel < mean.limit(); channel++) {
      double inverse = 1 / Math.sqrt((double) variance.get(channel) + epsilon);
      double slope = scale == null ? inverse : scale.get(channel) * inverse;
      double start = shift == null ? 0 : shift.get(channel);
      factor.put(channel, (float) slope);
      offset.put(channel, (float) (start - mean.get(channel) * slope));
    }
  }

  private void convolution(int value, Convolution convolution) {
    Fused fused = new Fused(value);
    Tensor source = output(convolution.input(), layouts.passes(value).forward());
    Tensor target = program.allocate(describe(value));
    convolution_forward.primitive_desc forward =
        forward(
            convolution,
            dnnl.dnnl_forward_inference,
            source.descriptor(),
            target.descriptor(),
            fused.attributes());
    Tensor flat = program.value(convolution.weights(), flatWeights(convolution));
    Map<Integer, Tensor> arguments = new HashMap<>(fused.arguments());
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(
        DNNL_ARG_WEIGHTS,
        program.in(forward.weights_desc(), flat, convolution.name() + " weights"));
    arguments.put(DNNL_ARG_DST, target);
    Slice bias = convolution.bias();
    if (bias != null) {
      arguments.put(DNNL_ARG_BIAS, program.value(bias, vector(bias.length())));
    }
    program.execute(
        convolution.name() + " forward", forward, new convolution_forward(forward), arguments);
    outputs[value] = target;
    markDone(value, fused.value(), target);
  }

  private void linear(int value, Linear linear) {
    Fused fused = new Fused(value);
    Tensor source = output(linear.input());
    Tensor target = program.allocate(describe(value));
    inner_product_forward.primitive_desc forward =
        forward(
            linear,
            dnnl.dnnl_forward_inference,
            source.descriptor(),
            target.descriptor(),
            fused.attributes());
    Tensor flat = program.value(linear.weights(), flatWeights(linear));
    Map<Integer, Tensor> arguments = new HashMap<>(fused.arguments());
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(
        DNNL_ARG_WEIGHTS, program.in(forward.weights_desc(), flat, linear.name() + " weights"));
    arguments.put(DNNL_ARG_DST, target);
    Slice bias = linear.bias();
    if (bias != null) {
      arguments.put(DNNL_ARG_BIAS, program.value(bias, vector(bias.length())));
    }
    program.execute(
        linear.name() + " forward", forward, new inner_product_forward(forward), arguments);
    markDone(value, fused.value(), target);
  }

  /** Gives all values from one to a fused operation's last the same array. */
  private void markDone(int first, int last, Tensor target) {
    outputs[first] = target;
    for (int value = first; value != last; ) {
      value = onlyConsumer(value);
      outputs[value] = target;
    }
  }

  private void normalization(int value, BatchNormalization normalization) {
    Tensor source = output(normalization.input());
    Tensor target = program.allocate(describe(value));
    batch_normalization_forward.primitive_desc description =
        new batch_normalization_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_inference,
            source.descriptor(),
            target.descriptor(),
            normalization.epsilon(),
            dnnl.dnnl_use_global_stats | scaleAndShift(normalization),
            Device.attributes(),
            false);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DST, target);
    arguments.put(
        DNNL_ARG_MEAN, program.value(normalization.mean(), vector(normalization.mean().length())));
    arguments.put(
        DNNL_ARG_VARIANCE,
        program.value(normalization.variance(), vector(normalization.variance().length())));
    Slice scale = normalization.scale();
    Slice shift = normalization.shift();
    if (scale != null && shift != null) {
      arguments.put(DNNL_ARG_SCALE, program.value(scale, vector(scale.length())));
      arguments.put(DNNL_ARG_SHIFT, program.value(shift, vector(shift.length())));
    }
    program.execute(
        normalization.name() + " forward",
        description,
        new batch_normalization_forward(description),
        arguments);
    outputs[value] = target;
  }

  private void activation(int value, Activation activation) {
    Tensor source = output(activation.input());
    Tensor target = program.allocate(describe(value));
    eltwise_forward.primitive_desc description =
        new eltwise_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_inference,
            activation.function().algorithm(),
            source.descriptor(),
            target.descriptor(),
            activation.alpha(),
            Device.attributes(),
            false);
    program.execute(
        activation.name() + " forward",
        description,
        new eltwise_forward(description),
        Map.of(DNNL_ARG_SRC, source, DNNL_ARG_DST, target));
    outputs[value] = target;
  }

  private void sum(int value, Add add) {
    Tensor left = output(add.left());
    Tensor right = output(add.right(), layouts.home(value));
    Tensor target = program.allocate(describe(value));
    binary(add.name() + " forward", dnnl.dnnl_binary_add, left, right, target, Device.attributes());
    outputs[value] = target;
  }

  private void shortcut(int value, ZeroPaddedShortcut shortcut) {
    Shape narrow = narrow(shortcut, value);
    Tensor kept = program.allocate(layouts.home(value).describe(batch, narrow));
    pool(subsampling(shortcut), output(shortcut.input()), kept);
    Tensor target = program.allocate(describe(value));
    widen(shortcut.name(), narrow, kept, target);
    outputs[value] = target;
  }

  private void pooling(int value, Pooling pooling) {
    Tensor target = program.allocate(describe(value));
    pool(pooling, output(pooling.input()), target);
    outputs[value] = target;
  }

  private void pool(Pooling pooling, Tensor source, Tensor target) {
    pooling_forward.primitive_desc description =
        forward(pooling, dnnl.dnnl_forward_inference, source.descriptor(), target.descriptor());
    program.execute(
        pooling.name() + " forward",
        description,
        new pooling_forward(description),
        Map.of(DNNL_ARG_SRC, source, DNNL_ARG_DST, target));
  }
}
