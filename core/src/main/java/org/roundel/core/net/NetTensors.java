package org.roundel.core.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.roundel.api.model.Buffer;
import org.roundel.api.training.StateArray;
import org.roundel.core.ErrorKind;
import org.roundel.core.RoundelException;
import org.roundel.core.checkpoint.Checkpoint;
import org.roundel.core.checkpoint.ElementType;
import org.roundel.core.checkpoint.NamedTensor;
import org.roundel.core.checkpoint.SafetensorsReader;

/**
 * How a net's arrays are named in a checkpoint.
 *
 * <p>{@code weights.safetensors} has every parameter and buffer under its own name, as the net
 * ships: where it ships other weights than it trains with, the buffers are those that were
 * estimated for them, and training's own are {@code buffer/BUFFER} in {@code training.safetensors}.
 * That also has {@code latent/PARAMETER}, {@code optimizer/STATE/PARAMETER}, {@code
 * quantizer/ARRAY/PARAMETER}, {@code quantizer-optimizer/STATE/ARRAY/PARAMETER} for arrays that are
 * learned, and {@code signs/PARAMETER} (see {@link SignHistory#toBytes}).
 *
 * <p>Where averages are kept, the weights that ship are those of the averages. Then {@code
 * training.safetensors} also has {@code average/PARAMETER} for the average of latent weights,
 * {@code quantizer-average/ARRAY/PARAMETER} for that of an array that is learned, and {@code
 * trained/PARAMETER} for the trained weights of a parameter without latent ones, whose average is
 * in {@code weights.safetensors}.
 */
public final class NetTensors {
  private static final String BUFFER = "buffer/";

  private final TrainedNet net;
  private final List<StateArray> optimizerArrays;

  public NetTensors(TrainedNet net, List<StateArray> optimizerArrays) {
    this.net = net;
    this.optimizerArrays = optimizerArrays;
  }

  public List<NamedTensor> weights() {
    List<NamedTensor> tensors = new ArrayList<>();
    for (TrainedParameter parameter : net.parameters()) {
      tensors.add(NamedTensor.of(parameter.name(), parameter.netWeights()));
    }
    for (Buffer buffer : net.model().buffers()) {
      tensors.add(NamedTensor.of(buffer.name(), buffer.values()));
    }
    return tensors;
  }

  public List<NamedTensor> training() {
    List<NamedTensor> tensors = new ArrayList<>();
    for (TrainedParameter parameter : net.parameters()) {
      if (parameter.latent() != null) {
        tensors.add(
            NamedTensor.of("latent/" + parameter.name(), trained(parameter, parameter.latent())));
      }
      for (StateArray array : parameter.optimizerState().declared()) {
        tensors.add(
            NamedTensor.of(
                stateName(array, parameter), parameter.optimizerState().values(array.name())));
      }
      forEachQuantizerArray(
          parameter,
          (name, values) -> tensors.add(NamedTensor.of(name, trained(parameter, values))));
      forEachAverage(parameter, (name, values) -> tensors.add(NamedTensor.of(name, values)));
      if (parameter.isWeight()) {
        byte[] signs = net.signs(parameter).toBytes();
        tensors.add(
            NamedTensor.bytes(
                "signs/" + parameter.name(), ElementType.U8, ByteBuffer.wrap(signs), signs.length));
      }
    }
    tensors.addAll(net.displacedBuffers(BUFFER));
    return tensors;
  }

  /**
   * Reads back the net's arrays as they ship, for an evaluation.
   *
   * @param step updates made until the checkpoint
   * @throws RoundelException if the checkpoint is not of this net
   */
  public void restoreShipped(Checkpoint checkpoint, long step) {
    restore(checkpoint, step);
    net.placeShippedWeights(step + 1);
    for (Buffer buffer : net.model().buffers()) {
      checkpoint.weights().read(buffer.name(), buffer.values());
    }
  }

  /**
   * Reads back the net's arrays, to go on training.
   *
   * @param step updates made until the checkpoint
   * @throws RoundelException if the checkpoint is not of this net
   */
  public void restore(Checkpoint checkpoint, long step) {
    SafetensorsReader weights = checkpoint.weights();
    SafetensorsReader training = checkpoint.training();
    for (TrainedParameter parameter : net.parameters()) {
      ParameterAverage average = parameter.average();
      if (average != null) {
        average.place(false);
      }
      boolean averageShips = average != null && parameter.latent() == null;
      weights.read(
          parameter.name(),
          averageShips ? average.average(parameter.netWeights()) : parameter.netWeights());
      if (parameter.latent() != null) {
        training.read("latent/" + parameter.name(), parameter.latent());
      }
      for (StateArray array : parameter.optimizerState().declared()) {
        training.read(stateName(array, parameter), parameter.optimizerState().values(array.name()));
      }
      forEachQuantizerArray(parameter, training::read);
      forEachAverage(parameter, training::read);
    }
    for (Buffer buffer : net.model().buffers()) {
      boolean own = training.tensors().containsKey(BUFFER + buffer.name());
      (own ? training : weights)
          .read(own ? BUFFER + buffer.name() : buffer.name(), buffer.values());
    }
    net.resume(step);
    for (TrainedParameter parameter : net.parameters()) {
      if (parameter.isWeight()) {
        restoreSigns(training, parameter);
      }
    }
  }

  private void restoreSigns(SafetensorsReader training, TrainedParameter parameter) {
    String name = "signs/" + parameter.name();
    try {
      net.signs(parameter).restore(training.readBytes(name));
    } catch (IllegalArgumentException wrongLength) {
      throw new RoundelException(
          ErrorKind.CONFIGURATION,
          training.path()
              + ": tensor "
              + name
              + " has "
              + wrongLength.getMessage()
              + ". Use another checkpoint of the run.",
          wrongLength);
    }
  }

  private void forEachQuantizerArray(
      TrainedParameter parameter, BiConsumer<String, INDArray> action) {
    for (StateArray array : parameter.quantizerState().declared()) {
      action.accept(
          "quantizer/" + array.name() + "/" + parameter.name(),
          parameter.quantizerState().values(array.name()));
    }
    for (LearnedArray learned : parameter.learnedArrays()) {
      for (StateArray array : optimizerArrays) {
        action.accept(
            "quantizer-optimizer/" + array.name() + "/" + learned.name() + "/" + parameter.name(),
            learned.optimizerState().values(array.name()));
      }
    }
  }

  /** Goes through what a parameter's average needs beside the weights that ship. */
  private static void forEachAverage(
      TrainedParameter parameter, BiConsumer<String, INDArray> action) {
    ParameterAverage average = parameter.average();
    if (average == null) {
      return;
    }
    INDArray latent = parameter.latent();
    if (latent == null) {
      action.accept("trained/" + parameter.name(), average.trained(parameter.netWeights()));
    } else {
      action.accept("average/" + parameter.name(), average.average(latent));
    }
    for (LearnedArray learned : parameter.learnedArrays()) {
      action.accept(
          "quantizer-average/" + learned.name() + "/" + parameter.name(),
          average.average(learned.values()));
    }
  }

  /** Returns what is trained of one of a parameter's arrays, also while its average is in it. */
  private static INDArray trained(TrainedParameter parameter, INDArray own) {
    ParameterAverage average = parameter.average();
    return average == null ? own : average.trained(own);
  }

  private static String stateName(StateArray array, TrainedParameter parameter) {
    return "optimizer/" + array.name() + "/" + parameter.name();
  }
}
