package org.roundel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.pooling_backward;
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
import org.roundel.onednn.Operation.PoolingMethod;
import org.roundel.onednn.Operation.ZeroPaddedShortcut;

/**
 * Compiles a net for training: forward, loss, and backward in the reverse order. Backward steps
 * overwrite arrays that nobody needs any more where the kernels allow it.
 */
final class TrainingCompiler extends Compiler {
  private final BatchInput input;
  private final @Nullable Tensor[] gradients;
  private final boolean[] trained;
  private final WeightedOperations weighted;

  /** The activation that is computed together with a value, by the value's number. */
  private final Map<Integer, Integer> fusedActivations = new HashMap<>();

  private final Map<Integer, Runnable> backward = new HashMap<>();

  /** Arrays that more than one value's gradient lies in; they are not overwritten. */
  private final Set<Tensor> shared = Collections.newSetFromMap(new IdentityHashMap<>());

  TrainingCompiler(
      Graph graph, long batch, LayoutPlan layouts, ProgramBuilder program, BatchInput input) {
    super(graph, batch, layouts, program);
    this.input = input;
    weighted = new WeightedOperations(this);
    int count = graph.output() + 1;
    gradients = new Tensor[count];
    trained = new boolean[count];
    for (int value = 1; value < count; value++) {
      Operation operation = graph.producer(value);
      trained[value] = operation instanceof Convolution || operation instanceof Linear;
      trained[value] |=
          operation instanceof BatchNormalization normalization && normalization.scale() != null;
      for (int source : operation.inputs()) {
        trained[value] |= trained[source];
      }
    }
  }

  Program compile() {
    forwardAll();
    program.endForward();
    Tensor scores = output(graph.output());
    Tensor slopes =
        derivativeNeedsOutput(graph.output())
            ? program.allocate(scores.descriptor())
            : program.inPlaceOf(scores, scores.descriptor());
    loss(input, scores, slopes);
    gradients[graph.output()] = slopes;
    for (int value = graph.output(); value >= 1; value--) {
      Runnable step = backward.get(value);
      if (step != null && trained[value]) {
        compile(value, step);
      }
    }
    return build();
  }

  /** Sets the array that a value is first written to. */
  void define(int value, Tensor array) {
    outputs[value] = array;
  }

  /** Sets what adds the backward steps of the operation that makes a value. */
  void later(int value, Runnable steps) {
    backward.put(value, steps);
  }

  /** Returns whether there are weights before a value, so that its gradient is needed. */
  boolean trains(int value) {
    return trained[value];
  }

  /** Returns the gradient of a value; all that read the value have contributed to it. */
  Tensor gradient(int value) {
    Tensor gradient = gradients[value];
    if (gradient == null) {
      throw new IllegalStateException("value " + value + " has no gradient");
    }
    return gradient;
  }

  /** Gives an array a value's gradient, or adds it to what is there already. */
  void contribute(int value, Tensor part) {
    Tensor present = gradients[value];
    if (present == null) {
      gradients[value] = part;
      return;
    }
    Tensor target =
        !shared.contains(part)
            ? part
            : !shared.contains(present) ? present : program.allocate(part.descriptor());
    binary(
        graph.producer(value).name() + " gradient",
        dnnl.dnnl_binary_add,
        target == present ? present : part,
        target == present ? part : present,
        target,
        Device.attributes());
    gradients[value] = target;
  }

  @Override
  void forward(int value) {
    Operation operation = graph.producer(value);
    if (operation instanceof Convolution convolution) {
      weighted.convolution(value, convolution);
    } else if (operation instanceof BatchNormalization normalization) {
      normalization(value, normalization);
    } else if (operation instanceof Activation activation) {
      activation(value, activation);
    } else if (operation instanceof Add add) {
      sum(value, add);
    } else if (operation instanceof ZeroPaddedShortcut shortcut) {
      zeroPaddedShortcut(value, shortcut);
    } else if (operation instanceof Pooling pooling) {
      pooling(value, pooling);
    } else if (operation instanceof Linear linear) {
      weighted.linear(value, linear);
    } else if (operation instanceof Dropout dropout) {
      dropout(value, dropout);
    }
  }

  /** Returns the plain rectifier that is a value's only consumer, or -1. */
  private int rectifier(int value) {
    int consumer = onlyConsumer(value);
    if (consumer > 0
        && graph.producer(consumer) instanceof Activation activation
        && activation.function() == ActivationFunction.RELU
        && activation.alpha() == 0) {
      return consumer;
    }
    return -1;
  }

  private void normalization(int value, BatchNormalization normalization) {
    int rectifier = rectifier(value);
    Tensor source = output(normalization.input());
    Tensor target = program.allocate(describe(value));
    outputs[value] = target;
    int flags = scaleAndShift(normalization);
    if (rectifier > 0) {
      flags |= dnnl.dnnl_fuse_norm_relu;
      outputs[rectifier] = target;
      fusedActivations.put(value, rectifier);
    }
    batch_normalization_forward.primitive_desc forward =
        new batch_normalization_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_training,
            source.descriptor(),
            target.descriptor(),
            normalization.epsilon(),
            flags,
            Device.attributes(),
            false);
    long channels = graph.shape(value).channels();
    Tensor mean = program.allocate(vector(channels));
    Tensor variance = program.allocate(vector(channels));
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DST, target);
    arguments.put(DNNL_ARG_MEAN, mean);
    arguments.put(DNNL_ARG_VARIANCE, variance);
    Slice scale = normalization.scale();
    Slice shift = normalization.shift();
    if (scale != null && shift != null) {
      arguments.put(DNNL_ARG_SCALE, program.value(scale, vector(channels)));
      arguments.put(DNNL_ARG_SHIFT, program.value(shift, vector(channels)));
    }
    Tensor workspace = null;
    if (rectifier > 0) {
      workspace = program.allocate(forward.workspace_desc());
      arguments.put(DNNL_ARG_WORKSPACE, workspace);
    }
    program.execute(
        normalization.name() + " forward",
        forward,
        new batch_normalization_forward(forward),
        arguments);
    trackStatistics(value, normalization, mean, variance);
    int flagsUsed = flags;
    Tensor mask = workspace;
    backward.put(
        value,
        () -> normalizationBackward(value, normalization, forward, flagsUsed, arguments, mask));
  }

  private void trackStatistics(
      int value, BatchNormalization normalization, Tensor mean, Tensor variance) {
    Shape shape = graph.shape(value);
    long pixels = shape.height() * shape.width();
    RunningStatistics running =
        new RunningStatistics(
            program.value(normalization.mean(), mean.descriptor()),
            program.value(normalization.variance(), mean.descriptor()),
            mean,
            variance,
            batch * pixels);
    float decay = normalization.decay();
    program.compute(
        normalization.name() + " statistics",
        () -> {
          if (input.estimates()) {
            running.pool(input.imagesBefore() * pixels);
          } else {
            running.follow(decay);
          }
        },
        mean,
        variance);
  }

  private void normalizationBackward(
      int value,
      BatchNormalization normalization,
      batch_normalization_forward.primitive_desc forward,
      int flags,
      Map<Integer, Tensor> forwardArguments,
      @Nullable Tensor workspace) {
    Integer rectifier = fusedActivations.get(value);
    Tensor slope = gradient(rectifier == null ? value : rectifier);
    Tensor source = output(normalization.input());
    boolean inputTrained = trained[normalization.input()];
    Tensor result = shared.contains(slope) ? program.allocate(source.descriptor()) : slope;
    if (result == slope && !ProgramBuilder.same(source.descriptor(), slope.descriptor())) {
      result = program.allocate(source.descriptor());
    }
    batch_normalization_backward.primitive_desc description =
        new batch_normalization_backward.primitive_desc(
            cpu,
            normalization.scale() == null ? dnnl.dnnl_backward_data : dnnl.dnnl_backward,
            result.descriptor(),
            slope.descriptor(),
            source.descriptor(),
            normalization.epsilon(),
            flags,
            forward,
            Device.attributes(),
            false);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_MEAN, forwardArguments.get(DNNL_ARG_MEAN));
    arguments.put(DNNL_ARG_VARIANCE, forwardArguments.get(DNNL_ARG_VARIANCE));
    arguments.put(DNNL_ARG_DIFF_DST, slope);
    arguments.put(DNNL_ARG_DIFF_SRC, result);
    Slice scale = normalization.scale();
    Slice shift = normalization.shift();
    if (scale != null && shift != null) {
      arguments.put(DNNL_ARG_SCALE, forwardArguments.get(DNNL_ARG_SCALE));
      arguments.put(DNNL_ARG_DIFF_SCALE, program.gradient(scale, vector(scale.length())));
      arguments.put(DNNL_ARG_DIFF_SHIFT, program.gradient(shift, vector(shift.length())));
    }
    if (workspace != null) {
      arguments.put(DNNL_ARG_WORKSPACE, workspace);
    }
    program.execute(
        normalization.name() + " backward",
        description,
        new batch_normalization_backward(description),
        arguments);
    if (inputTrained) {
      contribute(normalization.input(), result);
    }
  }

  private void activation(int value, Activation activation) {
    Tensor source = output(activation.input());
    boolean fromOutput = activation.function().derivableFromOutput();
    boolean overwrite =
        fromOutput
            && activation.input() != 0
            && onlyConsumer(activation.input()) == value
            && !derivativeNeedsOutput(activation.input());
    Tensor target =
        overwrite
            ? program.inPlaceOf(source, source.descriptor())
            : program.allocate(describe(value));
    outputs[value] = target;
    eltwise_forward.primitive_desc forward =
        new eltwise_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_training,
            activation.function().trainingAlgorithm(),
            source.descriptor(),
            target.descriptor(),
            activation.alpha(),
            Device.attributes(),
            false);
    program.execute(
        activation.name() + " forward",
        forward,
        new eltwise_forward(forward),
        Map.of(DNNL_ARG_SRC, source, DNNL_ARG_DST, target));
    backward.put(
        value,
        () ->
            activationBackward(
                value,
                activation.name(),
                activation.alpha(),
                forward,
                activation.function().trainingAlgorithm(),
                fromOutput ? target : source,
                fromOutput,
                activation.input()));
  }

  /** Whether a value's own derivative is computed from the value, so it must be kept. */
  private boolean derivativeNeedsOutput(int value) {
    return graph.producer(value) instanceof Activation
        || (graph.producer(value) instanceof Add && fusedActivations.containsKey(value));
  }

  private void activationBackward(
      int value,
      String name,
      float alpha,
      eltwise_forward.primitive_desc forward,
      int algorithm,
      Tensor known,
      boolean fromOutput,
      int input) {
    Tensor slope = gradient(value);
    Tensor result = shared.contains(slope) ? program.allocate(slope.descriptor()) : slope;
    eltwise_backward.primitive_desc description =
        new eltwise_backward.primitive_desc(
            cpu,
            algorithm,
            result.descriptor(),
            slope.descriptor(),
            known.descriptor(),
            alpha,
            forward,
            Device.attributes(),
            false);
    program.execute(
        name + " backward",
        description,
        new eltwise_backward(description),
        Map.of(
            fromOutput ? DNNL_ARG_DST : DNNL_ARG_SRC,
            known,
            DNNL_ARG_DIFF_DST,
            slope,
            DNNL_ARG_DIFF_SRC,
            result));
    contribute(input, result);
  }

  private void sum(int value, Add add) {
    int rectifier = rectifier(value);
    Tensor left = output(add.left());
    Tensor right = output(add.right(), layouts.home(value));
    Tensor target = program.allocate(describe(value));
    if (replaceable(add.left(), value)) {
      target = program.inPlaceOf(left, left.descriptor());
    } else if (replaceable(add.right(), value)) {
      target = program.inPlaceOf(right, right.descriptor());
    }
    outputs[value] = target;
    primitive_attr attributes = Device.attributes();
    if (rectifier > 0) {
      outputs[rectifier] = target;
      fusedActivations.put(value, rectifier);
      post_ops after = new post_ops();
      after.append_eltwise(dnnl.dnnl_eltwise_relu, 0, 0);
      attributes.set_post_ops(after);
    }
    // Writing over the second argument is not allowed, over the first it is; a sum commutes.
    boolean swap = replaceable(add.right(), value) && !replaceable(add.left(), value);
    binary(
        add.name() + " forward",
        dnnl.dnnl_binary_add,
        swap ? right : left,
        swap ? left : right,
        target,
        attributes);
    Tensor sum = target;
    backward.put(value, () -> sumBackward(value, add, sum));
  }

  /** Whether a value may be overwritten by its only consumer. */
  private boolean replaceable(int value, int consumer) {
    return onlyConsumer(value) == consumer
        && (graph.producer(value) instanceof BatchNormalization
            || graph.producer(value) instanceof Convolution
            || graph.producer(value) instanceof ZeroPaddedShortcut);
  }

  private void sumBackward(int value, Add add, Tensor sum) {
    Integer rectifier = fusedActivations.get(value);
    if (rectifier != null) {
      eltwise_forward.primitive_desc hint =
          new eltwise_forward.primitive_desc(
              cpu,
              dnnl.dnnl_forward_training,
              dnnl.dnnl_eltwise_relu_use_dst_for_bwd,
              sum.descriptor(),
              sum.descriptor(),
              0f,
              Device.attributes(),
              false);
      activationBackward(
          rectifier,
          add.name() + " relu",
          0,
          hint,
          dnnl.dnnl_eltwise_relu_use_dst_for_bwd,
          sum,
          true,
          value);
    }
    Tensor slope = gradient(value);
    if (trained[add.left()] && trained[add.right()]) {
      shared.add(slope);
    }
    for (int side : add.inputs()) {
      if (trained[side]) {
        contribute(side, in(layouts.home(side), side, slope));
      }
    }
  }

  private void zeroPaddedShortcut(int value, ZeroPaddedShortcut shortcut) {
    Tensor source = output(shortcut.input());
    Tensor target = program.allocate(describe(value));
    outputs[value] = target;
    Shape narrow = narrow(shortcut, value);
    Tensor kept = program.allocate(layouts.home(value).describe(batch, narrow));
    Pooling subsampling = subsampling(shortcut);
    pooling_forward.primitive_desc forward = poolingForward(subsampling, source, kept, null);
    widen(shortcut.name(), narrow, kept, target);
    backward.put(
        value,
        () -> {
          Tensor slope = gradient(value);
          Tensor part = program.inPlaceOf(slope, firstChannels(slope.descriptor(), narrow));
          Tensor slopeOfKept = program.allocate(kept.descriptor());
          program.copy(shortcut.name() + " narrowing", part, slopeOfKept);
          poolingBackward(subsampling, forward, source, slopeOfKept, null);
        });
  }

  private pooling_forward.primitive_desc poolingForward(
      Pooling pooling, Tensor source, Tensor target, @Nullable Tensor workspace) {
    pooling_forward.primitive_desc forward =
        forward(pooling, dnnl.dnnl_forward_training, source.descriptor(), target.descriptor());
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, source);
    arguments.put(DNNL_ARG_DST, target);
    if (workspace != null) {
      arguments.put(DNNL_ARG_WORKSPACE, workspace);
    }
    program.execute(pooling.name() + " forward", forward, new pooling_forward(forward), arguments);
    return forward;
  }

  private void poolingBackward(
      Pooling pooling,
      pooling_forward.primitive_desc forward,
      Tensor source,
      Tensor slope,
      @Nullable Tensor workspace) {
    Window window = pooling.window();
    Tensor result = program.allocate(source.descriptor());
    pooling_backward.primitive_desc description =
        new pooling_backward.primitive_desc(
            cpu,
            algorithm(pooling.method()),
            result.descriptor(),
            slope.descriptor(),
            strides(window),
            kernel(window),
            dilations(window),
            before(window),
            behind(window),
            forward,
            Device.attributes(),
            false);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_DIFF_DST, slope);
    arguments.put(DNNL_ARG_DIFF_SRC, result);
    if (workspace != null) {
      arguments.put(DNNL_ARG_WORKSPACE, workspace);
    }
    program.execute(
        pooling.name() + " backward", description, new pooling_backward(description), arguments);
    contribute(pooling.input(), result);
  }

  private void pooling(int value, Pooling pooling) {
    Tensor source = output(pooling.input());
    Tensor target = program.allocate(describe(value));
    outputs[value] = target;
    Tensor winners =
        pooling.method() == PoolingMethod.MAXIMUM
            ? program.allocate(
                forward(
                        pooling,
                        dnnl.dnnl_forward_training,
                        source.descriptor(),
                        target.descriptor())
                    .workspace_desc())
            : null;
    pooling_forward.primitive_desc forward = poolingForward(pooling, source, target, winners);
    backward.put(value, () -> poolingBackward(pooling, forward, source, gradient(value), winners));
  }

  private void dropout(int value, Dropout dropout) {
    Tensor source = output(dropout.input());
    // Drawn in the order of images and channels, so that the layout does not decide what is kept.
    Tensor drawn = program.allocate(plain(value));
    float scale = 1 / dropout.keep();
    program.compute(
        dropout.name() + " mask",
        () -> {
          FloatBuffer numbers = drawn.floats();
          input.noise().uniform(value, numbers);
          for (int index = 0; index < numbers.limit(); index++) {
            numbers.put(index, numbers.get(index) < dropout.keep() ? scale : 0);
          }
        },
        drawn);
    Tensor mask = program.in(source.descriptor(), drawn, dropout.name() + " mask layout");
    Tensor target = program.allocate(source.descriptor());
    outputs[value] = target;
    binary(
        dropout.name() + " forward",
        dnnl.dnnl_binary_mul,
        source,
        mask,
        target,
        Device.attributes());
    backward.put(
        value,
        () -> {
          Tensor slope = gradient(value);
          Tensor result = program.allocate(source.descriptor());
          binary(
              dropout.name() + " backward",
              dnnl.dnnl_binary_mul,
              slope,
              mask,
              result,
              Device.attributes());
          contribute(dropout.input(), result);
        });
  }
}
