package org.roundel.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.roundel.api.InvalidInputException;

/**
 * LibTorch as someone who cares for speed would use it: weights and images in one layout from the
 * start, in-place rectifiers and additions, the fused Adam, and quantization in as few passes as
 * its operations allow, in place.
 *
 * <ul>
 *   <li>BinaryConnect: w ← copysign(1, latent); the gradient updates the latent weights, which are
 *       clamped to [−1, 1]. A latent −0 gives −1; Roundel's gives +1.
 *   <li>Stochastic rounding: with r uniform in (−1, 1], w ← copysign(1, w − r), so that P(+1) =
 *       clip((w + 1)/2, 0, 1). This is ⌊w/Δ + u⌋ on the grid {−1, +1} in three passes, not six.
 * </ul>
 */
final class LibTorchSide implements Side {
  private static final double ABOVE_MINUS_ONE = Math.nextUp(-1f);

  private static final EagerOperations TRAINING = new EagerOperations(true, 0.1);
  private static final EagerOperations CALIBRATION = new EagerOperations(true, 1);
  private static final EagerOperations INFERENCE = new EagerOperations(false, 0);

  private final Contestant contestant;
  private final Method method;
  private final LibTorchNet net;
  private final Tensor images;
  private final Tensor labels;
  private final Map<String, Tensor> latents = new LinkedHashMap<>();
  private final Map<String, Tensor> random = new LinkedHashMap<>();
  private final FusedAdam optimizer;
  private final Tensor one = torch.ones(new long[0]);
  private final GeneratorOptional anyGenerator = new GeneratorOptional();
  private final ScalarOptional lowest = new ScalarOptional(new Scalar(-1f));
  private final ScalarOptional highest = new ScalarOptional(new Scalar(1f));

  private @Nullable FrozenNet frozen;

  /** Makes a side with fresh weights. Call outside of any pointer scope. */
  LibTorchSide(Contestant contestant, Task task) {
    torch.set_num_threads(Runtime.getRuntime().availableProcessors());
    Images images = task.images();
    Layout layout = contestant.layout();
    this.contestant = contestant;
    this.method = task.method();
    this.net = LibTorchNet.of(task.net(), images.shape(), layout);
    this.images =
        torch.tensor(images.pixels()).view(images.batchShape()).contiguous(layout.format());
    long[] classes = new long[images.count()];
    for (int index = 0; index < classes.length; index++) {
      classes[index] = images.labels()[index];
    }
    this.labels = torch.tensor(classes);
    for (String parameter : this.net.convolutionWeights()) {
      Tensor weight = this.net.parameters().get(parameter);
      switch (method) {
        case BINARY_CONNECT ->
            latents.put(parameter, torch.zeros_like(weight).copy_(weight.detach()));
        case STOCHASTIC_ROUNDING -> random.put(parameter, torch.zeros_like(weight));
        case NONE -> {}
      }
    }
    List<Tensor> trainedWeights = new ArrayList<>();
    this.net
        .parameters()
        .forEach(
            (parameter, weight) -> trainedWeights.add(latents.getOrDefault(parameter, weight)));
    this.optimizer = new FusedAdam(trainedWeights, task.learningRate());
  }

  @Override
  public String name() {
    return contestant.toString();
  }

  /** Takes over weights, latent weights and running statistics by name. */
  void copyFrom(RoundelSide side) {
    Set<String> quantized = side.quantizedWeights().keySet();
    Set<String> ours = method == Method.NONE ? Set.of() : Set.copyOf(net.convolutionWeights());
    if (!quantized.equals(ours)) {
      throw new InvalidInputException(
          side.name() + " quantizes " + quantized + ", " + contestant + " " + ours);
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      copy(side.weights(), net.parameters());
      copy(side.buffers(), net.buffers());
      if (method == Method.BINARY_CONNECT) {
        copy(side.quantizedWeights(), latents);
      }
    }
  }

  private void copy(Map<String, float[]> from, Map<String, Tensor> to) {
    if (!from.keySet().equals(to.keySet())) {
      throw new InvalidInputException(
          "the nets differ: " + from.keySet() + " and in " + contestant + " " + to.keySet());
    }
    from.forEach(
        (parameter, values) -> {
          Tensor target = to.get(parameter);
          target.copy_(torch.tensor(values).view(target.shape()));
        });
  }

  @Override
  public double train() {
    try (PointerScope scope = new PointerScope()) {
      net.parameters().values().forEach(weight -> weight.mutable_grad().reset());
      try (NoGradGuard noGradient = new NoGradGuard()) {
        latents.forEach(
            (parameter, latent) ->
                torch.copysign_out(net.parameters().get(parameter), one, latent));
      }
      Tensor loss = torch.cross_entropy_loss(net.forward(images, TRAINING), labels);
      loss.backward();
      try (NoGradGuard noGradient = new NoGradGuard()) {
        optimizer.update(net.parameters().values().stream().map(Tensor::grad).toList());
        latents.values().forEach(latent -> latent.clamp_(lowest, highest));
        random.forEach(
            (parameter, draw) -> {
              Tensor weight = net.parameters().get(parameter);
              draw.uniform_(ABOVE_MINUS_ONE, 1, anyGenerator);
              torch.copysign_out(weight, one, weight.sub_(draw));
            });
      }
      return loss.item_float();
    }
  }

  @Override
  public double infer() {
    try (PointerScope scope = new PointerScope();
        InferenceMode inference = new InferenceMode()) {
      Tensor logits = frozen == null ? net.forward(images, INFERENCE) : frozen.forward(images);
      return torch.cross_entropy_loss(logits, labels).item_float();
    }
  }

  /** Sets the running statistics to those of the batch, and returns them by name. */
  Map<String, float[]> calibrate() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      net.forward(images, CALIBRATION);
      Map<String, float[]> values = new LinkedHashMap<>();
      net.buffers().forEach((buffer, tensor) -> values.put(buffer, floats(tensor)));
      return values;
    }
  }

  /** Sets the running statistics; a frozen net is compiled with them and the present weights. */
  void setBuffers(Map<String, float[]> values) {
    try (PointerScope scope = new PointerScope()) {
      copy(values, net.buffers());
    }
    if (contestant.isFrozen()) {
      frozen = new FrozenNet(net);
    }
  }

  @Override
  public float[] gradient(String parameter) {
    Tensor weight = net.parameters().get(parameter);
    if (weight == null) {
      throw new IllegalArgumentException(contestant + " has no parameter " + parameter);
    }
    try (PointerScope scope = new PointerScope()) {
      return floats(weight.grad());
    }
  }

  @Override
  public void close() {
    if (frozen != null) {
      frozen.close();
    }
    net.close();
    latents.values().forEach(Tensor::close);
    random.values().forEach(Tensor::close);
    images.close();
    labels.close();
  }

  /** Returns the elements in c order. */
  private static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    tensor.contiguous().data_ptr_float().get(values);
    return values;
  }
}
